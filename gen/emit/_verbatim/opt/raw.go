package opt

// RawLong makes an option of any number that takes a C long, for options that are newer than this module; [ByName]
// finds the number of a known one. The class is checked by Set: against this package's table, for newer
// options against libcurl's own table (7.73.0 and newer). A number that neither knows, and one that the runtime owns, is
// refused.
func RawLong(id ID, v int64) Option { return unchecked(long(id, v)) }

// RawOff makes an option of any number that takes a curl_off_t; see [RawLong].
func RawOff(id ID, v int64) Option { return unchecked(number(id, ClassOff, v)) }

// RawString makes an option of any number that takes a string; see [RawLong].
func RawString(id ID, v string) Option { return unchecked(str(id, v)) }

// RawList makes an option of any number that takes a list of strings; see [RawLong]. An empty list puts the default back.
func RawList(id ID, v []string) Option { return unchecked(list(id, v)) }

// RawBlob makes an option of any number that takes a blob; see [RawLong]. A nil blob puts the default back.
func RawBlob(id ID, v []byte) Option { return unchecked(blob(id, v)) }

// unchecked marks the class as a claim.
func unchecked(o Option) Option {
	o.kind |= raw
	return o
}
