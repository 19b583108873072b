package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestChoices(t *testing.T) {
	for tls, want := range map[string][]string{
		"-":                          {""},
		"OpenSSL/3.0.20":             {""},
		"NSS/3.61_Basic_ECC":         {""},
		"GnuTLS/3.7.9_(OpenSSL/3.0)": {"gnutls", "openssl"},
		"(wolfSSL/5.9.2)_OpenSSL/3.0.22_(mbedTLS/3.6.7)": {"wolfssl", "openssl", "mbedtls"},
	} {
		if got := each(flavour{tls: tls}.choices(), func(f flavour) string { return f.choice }); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", tls, got, want)
		}
	}
}

func TestReadFlavours(t *testing.T) {
	path := filepath.Join(t.TempDir(), "flavours.tsv")
	write := func(text string) {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("a\t8.22.0\t/a/lib.so\t-\tsuite\t-\nb\t8.23.0\t/b/lib.so\t/b/ld.so\twhole\tOpenSSL/3\n" +
		"c\t7.88.1\t/c/lib.so\t/c/node\town\tOpenSSL/1.0.2s\n")
	all, err := readFlavours(path)
	if err != nil || len(all) != 2 || all[0].loader != "" || all[1].loader != "/b/ld.so" || all[1].tls != "OpenSSL/3" {
		t.Errorf("%+v, %v", all, err)
	}
	for _, bad := range []string{"", "a\t8.22.0\n"} {
		write(bad)
		if all, err := readFlavours(path); err == nil {
			t.Errorf("%q became %+v", bad, all)
		}
	}
}

// passedAll is a result without a fault.
func passedAll() result {
	r := result{flavour: flavour{name: "a", version: "8.22.0", tls: "-"}, tests: map[string]string{}}
	for _, c := range columns {
		r.tests[c[0]] = "pass"
	}
	return r
}

func TestWhatFails(t *testing.T) {
	if passedAll().failed() {
		t.Error("failed without a fault")
	}
	for what, spoil := range map[string]func(*result){
		"a failed test":   func(r *result) { r.tests["Share"] = "fail" },
		"a test not run":  func(r *result) { delete(r.tests, "Share") },
		"an unknown test": func(r *result) { r.tests["New"] = "pass" },
		"a crash":         func(r *result) { r.err = os.ErrProcessDone },
		"one for another": func(r *result) { delete(r.tests, "Share"); r.tests["New"] = "pass" },
	} {
		r := passedAll()
		if spoil(&r); !r.failed() {
			t.Errorf("%s passes", what)
		}
	}
}

func TestReplaceTable(t *testing.T) {
	path := filepath.Join(t.TempDir(), "README.md")
	if err := os.WriteFile(path, []byte("before\n"+begin+"old\n"+end+"\nafter\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	r := passedAll()
	r.tests["HTTP3"] = "skip"
	table := tableOf([]result{r})
	if !strings.Contains(table, "| a | 8.22.0 | none | ✓ |") || !strings.Contains(table, "| lacks |") {
		t.Error(table)
	}
	for range 2 { // again and again
		if err := replaceTable(path, table); err != nil {
			t.Fatal(err)
		}
	}
	if got, _ := os.ReadFile(path); string(got) != "before\n"+begin+table+end+"\nafter\n" {
		t.Errorf("%s", got)
	}
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := replaceTable(path, table); err == nil {
		t.Error("a file without a place took the table")
	}
}
