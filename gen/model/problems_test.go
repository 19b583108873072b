package model_test

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/seed-0edfda58/gocurl/gen/model"
)

// Each mistake must come back with the symbol and the table to edit.
func TestLoadReportsProblems(t *testing.T) {
	for name, c := range map[string]struct {
		changes []change
		want    []string
	}{
		// A new release brings something.
		"new option": {
			[]change{{"options.tsv", "", "ZZ_NEW\t999\tlong\t-\t-\t-\t9.0.0\t-\t-\tAll\t-\n"}},
			[]string{"CURLOPT_ZZ_NEW has no row in headers/hand/options.tsv"},
		},
		"a release without its documents": {
			[]change{
				{"options.tsv", "", "ZZ_NEW\t999\tlong\t-\t-\t-\t-\t-\t-\tAll\t-\n"},
				{"infos.tsv", "", "ZZ_NEW\t2097999\tlong\t-\t-\t-\n"},
			},
			[]string{"CURLOPT_ZZ_NEW has no release: import docs", "CURLINFO_ZZ_NEW has no release"},
		},
		"new info": {
			[]change{{"infos.tsv", "", "ZZ_NEW\t2097999\tlong\t9.0.0\t-\t-\n"}},
			[]string{"CURLINFO_ZZ_NEW has no row in headers/hand/infos.tsv"},
		},
		"new multi option": {
			[]change{{"multioptions.tsv", "", "ZZ_NEW\t99\tlong\t-\t9.0.0\t-\n"}},
			[]string{"CURLMOPT_ZZ_NEW has no row in headers/hand/multioptions.tsv"},
		},
		"new share option": {
			[]change{{"shareoptions.tsv", "", "ZZ_NEW\t9\tint\t-\t9.0.0\t-\n"}},
			[]string{"CURLSHOPT_ZZ_NEW has no row in headers/hand/shareoptions.tsv"},
		},
		"new function": {
			[]change{{"functions.tsv", "", "zz_new\t9.0.0\t-\n"}, {"curl.h", "", "void curl_zz_new(void);\n"}},
			[]string{"curl_zz_new has no row in headers/hand/functions.tsv"},
		},
		"new callback type": {
			[]change{{"curl.h", "", "typedef int (*curl_zz_callback)(void *p);\n"}},
			[]string{"curl_zz_callback has no row in headers/hand/callbacks.tsv"},
		},
		"new result code": {
			[]change{{"curl.h", "\tCURLM_OK = 0,\n", "\tCURLM_OK = 0,\n\tCURLM_ZZ = 99,\n"}, {"symbols.tsv", "", "CURLM_ZZ\t99\t9.0.0\t-\t-\t-\n"}},
			[]string{"CURLM_ZZ has no row in headers/hand/codes.tsv"},
		},
		"new constant": {
			[]change{{"symbols.tsv", "", "CURLPROTO_ZZ\t99\t9.0.0\t-\t-\t-\n"}},
			[]string{"CURLPROTO_ZZ has no row in headers/hand/enums.tsv"},
		},
		// Tables that do not fit together.
		"function without prototype": {
			[]change{{"curl.h", "CURL *curl_easy_init(void);\n", ""}},
			[]string{"curl_easy_init has no prototype in headers/curl.h"},
		},
		"prototype without function": {
			[]change{{"curl.h", "", "void curl_zz_new(void);\n"}},
			[]string{"curl_zz_new has no row in headers/functions.tsv"},
		},
		"superfluous rows": {
			[]change{
				{"hand/options.tsv", "", "ZZ\tZZ\tbool\t0\t-\tnext\tvalue\tquiet\t-\tDoes it.\t-\n"},
				{"hand/infos.tsv", "", "ZZ\tZZ\tint\tTells it.\n"},
				{"hand/multioptions.tsv", "", "ZZ\tZZ\tint\t0\tDoes it.\n"},
				{"hand/shareoptions.tsv", "", "ZZ\tZZ\tnobody\tDoes it.\n"},
				{"hand/codes.tsv", "", "CURLZZ\teasy\tZZ\tit happened\n"},
				{"hand/enums.tsv", "", "CURLZZ\t-\t-\tno reason\n"},
				{"hand/functions.tsv", "", "zz\tnone\tno reason\tleaf\toptional\n"},
				{"hand/callbacks.tsv", "", "curl_zz\t-\tnone\tno reason\tspot\t0\tDoes it.\n"},
			},
			[]string{
				last(t, "hand/options.tsv") + ": ZZ is no option", last(t, "hand/infos.tsv") + ": ZZ is no info", "ZZ is no multi option", "ZZ is no share option",
				"CURLZZ is no result code", "hand/enums.tsv: CURLZZ is no symbol", "zz is no function", "curl_zz is no callback type",
			},
		},
		"rows twice or out of order": {
			[]change{
				{"hand/infos.tsv", "", "ACTIVESOCKET\tX\tint\tTells it.\n"},
				{"hand/functions.tsv", "\nws_start_frame\t", "\nws_meta\tnone\tno reason\tleaf\toptional\nws_start_frame\t"},
			},
			[]string{"headers/" + last(t, "hand/infos.tsv") + ": ACTIVESOCKET stands after", "headers/hand/functions.tsv", "ws_meta"},
		},
		"one Go name twice": {
			[]change{{"hand/options.tsv", "BUFFERSIZE\tBufferSize\t", "BUFFERSIZE\tURL\t"}, {"hand/options.tsv", "CAPATH\tCAPath\t", "CAPATH\tcaPath\t"}},
			[]string{"the Go name opt.URL is taken by headers/hand/options.tsv: BUFFERSIZE", `CAPATH: "caPath" is not an exported Go name`},
		},
		"forms": {
			[]change{
				{"hand/options.tsv", "BUFFERSIZE\tBufferSize\tint\t", "BUFFERSIZE\tBufferSize\tstrange\t"},
				{"hand/options.tsv", "CAPATH\tCAPath\tstring\t", "CAPATH\tCAPath\tbool\t"},
				{"hand/options.tsv", "\tbits:Auth\t", "\tbits:Nonsense\t"},
				{"hand/options.tsv", "\tfunc:WriteFunc\t", "\tfunc:ReadFunc\t"},
			},
			[]string{
				`BUFFERSIZE: unknown form "strange", want one of bits, blob`, "CAPATH: the form bool does not fit an option or info of class string",
				"bits Nonsense has no row in headers/hand/enumtypes.tsv", "func:ReadFunc, but headers/hand/callbacks.tsv gives CURLOPT_WRITEFUNCTION the type WriteFunc",
			},
		},
		"enum types": {
			[]change{
				{"hand/enums.tsv", "CURLALTSVC_H1\tAltSvcFlags\t", "CURLALTSVC_H1\tNonsense\t"},
				{"hand/enumtypes.tsv", "", "ZZ\tenum\topt\tZZ is empty.\n"},
			},
			[]string{"CURLALTSVC_H1: the type Nonsense has no row in headers/hand/enumtypes.tsv", "enumtypes.tsv: ZZ: no row of headers/hand/enums.tsv has this type"},
		},
		"fields": {
			[]change{
				{"hand/options.tsv", "\t1024..10485760\tnext\tvalue\tquiet\t", "\t10..5\tnever\tforgotten\tmaybe\t"},
				{"hand/options.tsv", "\t86400,<8.17.0=0\t", "\t86400,<8.17.0\t"},
				{"hand/options.tsv", "\tTIMEOUT\t", "\tNOBODY_KNOWS\t"},
				{"hand/infos.tsv", ".\n", "\n"},
			},
			[]string{
				`column range is "10..5"`, `column inflight is "never", want one of live, next`, `column memory is "forgotten"`, `column calls is "maybe"`,
				`column unset is "86400,<8.17.0"`, "the fallback NOBODY_KNOWS is no option that is older", "must be a sentence",
			},
		},
		"newer than the oldest libcurl": {
			[]change{{"hand/functions.tsv", "leaf\toptional", "leaf\trequired"}},
			[]string{"easy_header came after the oldest libcurl that the loader accepts"},
		},
		"broken table": {
			[]change{{"symbols.tsv", "# symbol\tvalue", "# name\tvalue"}},
			[]string{"headers/symbols.tsv:1: columns are", "go run ./gen import"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := model.Load(headers(t, c.changes...))
			if err == nil {
				t.Fatal("no error")
			}
			for _, want := range c.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("the error lacks %q:\n%v", want, err)
				}
			}
		})
	}
}

// last is where a row would be that is added to a table.
func last(t *testing.T, table string) string {
	t.Helper()
	data, err := os.ReadFile("../../headers/" + table)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(table, ":", bytes.Count(data, []byte("\n"))+1)
}
