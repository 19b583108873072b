package curl

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// OptionType is what kind of argument libcurl takes for an option.
type OptionType int

// The types; the numbers are libcurl's.
const (
	OptionLong     OptionType = iota // a number
	OptionValues                     // a number with a name: one of a set, or several combined
	OptionOffset                     // a large number
	OptionObject                     // something of libcurl's, or borrowed memory
	OptionString                     // a text
	OptionList                       // a list of texts
	OptionArgument                   // what a callback gets, which is the runtime's
	OptionBlob                       // bytes
	OptionFunction                   // a callback
)

var optionTypes = [...]string{"long", "values", "off_t", "object", "string", "list", "callback argument", "blob", "function"}

func (t OptionType) String() string {
	if t >= 0 && int(t) < len(optionTypes) {
		return optionTypes[t]
	}
	return fmt.Sprintf("OptionType(%d)", int(t))
}

// KnownOption is an option as the running libcurl knows it. opt.Lookup has what this package knows of it.
type KnownOption struct {
	ID    opt.ID
	Name  string // "CURLOPT_URL"
	Type  OptionType
	Alias bool // an old name of an option that has a newer one
}

// ErrNoOption: the running libcurl has no such option.
var ErrNoOption = errors.New("the running libcurl has no such option")

// KnownOptions ranges over all options of the running libcurl, old names included: those that this package has no
// constructor for can be set with opt.RawLong and the like. libcurl tells since 7.73.0; on an older one it is an
// *UnsupportedError.
//
// https://curl.se/libcurl/c/curl_easy_option_next.html
func KnownOptions() (iter.Seq[KnownOption], error) {
	if err := tellsOptions(capi.FuncEasyOptionNext); err != nil {
		return nil, err
	}
	return func(yield func(KnownOption) bool) {
		for o := range capi.Options() {
			if !yield(knownOption(o)) {
				return
			}
		}
	}, nil
}

// OptionByName finds an option of the running libcurl by its name, with or without "CURLOPT_", in any case of letters. The errors are
// ErrNoOption and that of KnownOptions.
//
// https://curl.se/libcurl/c/curl_easy_option_by_name.html
func OptionByName(name string) (KnownOption, error) {
	if err := tellsOptions(capi.FuncEasyOptionByName); err != nil {
		return KnownOption{}, err
	}
	short := name
	if p := "CURLOPT_"; len(name) > len(p) && strings.EqualFold(name[:len(p)], p) {
		short = name[len(p):]
	}
	o, ok := capi.Option{}, false
	if !slices.Contains([]byte(short), 0) {
		o, ok = capi.OptionByName(short)
	}
	if !ok {
		return KnownOption{}, fmt.Errorf("curl: option %q: %w", name, ErrNoOption)
	}
	return knownOption(o), nil
}

// OptionByID finds an option of the running libcurl by its number. The errors are those of OptionByName.
//
// https://curl.se/libcurl/c/curl_easy_option_by_id.html
func OptionByID(id opt.ID) (KnownOption, error) {
	if err := tellsOptions(capi.FuncEasyOptionByID); err != nil {
		return KnownOption{}, err
	}
	o, ok := capi.OptionByID(int32(id))
	if !ok {
		return KnownOption{}, fmt.Errorf("curl: option %d: %w", int32(id), ErrNoOption)
	}
	return knownOption(o), nil
}

func tellsOptions(f capi.Func) error {
	if err := loader.Ensure(); err != nil {
		return err
	}
	if !capi.Has(f) {
		return unsupported(f.String(), f.Since())
	}
	return nil
}

func knownOption(o capi.Option) KnownOption {
	return KnownOption{opt.ID(o.ID), "CURLOPT_" + o.Name, OptionType(o.Type), o.Alias}
}
