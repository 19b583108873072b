package opt

// The Raw functions set an option by its number, for options that are newer than this module. Package curl checks the
// class against this package's table, then against libcurl's own (7.73.0 and newer), and refuses the option when
// neither knows it. Options that the runtime owns are refused with the name of the typed form.

// RawLong makes an option of any number that takes a C long.
func RawLong(id ID, v int64) Option { return unchecked(long(id, v)) }

// RawOff makes an option of any number that takes a curl_off_t.
func RawOff(id ID, v int64) Option { return unchecked(number(id, ClassOff, v)) }

// RawString makes an option of any number that takes a string.
func RawString(id ID, v string) Option { return unchecked(str(id, v)) }

// RawList makes an option of any number that takes a list of strings. An empty list puts the default back.
func RawList(id ID, v []string) Option { return unchecked(list(id, v)) }

// RawBlob makes an option of any number that takes a blob. A nil blob puts the default back.
func RawBlob(id ID, v []byte) Option { return unchecked(blob(id, v)) }

// unchecked marks the class as a claim.
func unchecked(o Option) Option {
	o.kind |= raw
	return o
}
