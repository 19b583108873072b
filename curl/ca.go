//lint:file-ignore SA1019 libcurl releases that are supported here still have these TLS libraries

package curl

import (
	"bytes"
	"os"
	"path/filepath"

	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// A libcurl that was built without knowing where the system keeps the certificates of authorities, as one that is meant
// for every Linux cannot, trusts nobody. Handles then get what is found in the places that OpenSSL's variables name, or
// else in the usual ones.

// caPlaces is where to look. The file goes before the folder.
type caPlaces struct {
	getenv  func(string) string
	files   []string
	folders []string
}

// The places of Debian, Fedora and RHEL, openSUSE, Alpine and the BSDs.
var usualCAs = caPlaces{
	getenv: os.Getenv,
	files: []string{
		"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem", "/etc/pki/tls/cacert.pem",
		"/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", "/etc/ssl/cert.pem", "/usr/local/etc/ssl/cert.pem", "/usr/local/share/certs/ca-root-nss.crt",
	},
	folders: []string{"/etc/ssl/certs", "/etc/pki/tls/certs", "/system/etc/security/cacerts"},
}

// authorities is what was found: a file, a folder or both.
type authorities struct {
	from         string // where, for people to read
	file, folder string
	pem          []byte // instead of both, for TLS libraries that read a whole folder for each connection
}

// foundCAs is written once, while libcurl is loaded. Empty: libcurl knows for itself, or there is nothing.
var foundCAs authorities

// path is the default of an option.
func (a *authorities) path(id opt.ID) string {
	switch id {
	case opt.IDCAInfo, opt.IDProxyCAInfo:
		return a.file
	case opt.IDCAPath, opt.IDProxyCAPath:
		return a.folder
	}
	return ""
}

// findCAs gives handles certificates when the running libcurl has no place of its own for them. Before 7.70.0 it does not
// say whether it has.
func (l library) findCAs() {
	v := capi.Running()
	if len(tlsLibraries) == 0 || v.Num < 0x074600 || v.CAInfo != "" || v.CAPath != "" {
		return
	}
	switch tlsLibraries[0].Backend {
	case info.TLSSchannel, info.TLSSecureTransport, info.TLSNSS: // these have the system's own store
		return
	}
	if featuresOf(v.Features, v.FeatureNames).Has(FeatureNativeCA) || featuresOf(v.Features, v.FeatureNames).Has(FeatureAppleSecTrust) {
		return
	}
	// OpenSSL and its relatives look single certificates up in a folder, when they need one. All others read all of it,
	// for each connection; those are given its content (7.77.0).
	byName := tlsLibraries[0].Backend == info.TLSOpenSSL
	foundCAs = usualCAs.find(byName || v.Num < 0x074d00)
	if foundCAs.from != "" {
		l.DefaultCAs(foundCAs.file, foundCAs.folder, foundCAs.pem)
	}
}

// find looks for certificates. When one of SSL_CERT_FILE and SSL_CERT_DIR is set, there and nowhere else.
func (p caPlaces) find(folders bool) (a authorities) {
	isFile := func(name string) bool { s, err := os.Stat(name); return err == nil && s.Mode().IsRegular() }
	isFolder := func(name string) bool { names, err := os.ReadDir(name); return err == nil && len(names) > 0 }
	file, named := p.getenv("SSL_CERT_FILE"), filepath.SplitList(p.getenv("SSL_CERT_DIR"))
	if file == "" && len(named) == 0 {
		file = first(p.files, isFile)
	}
	if file != "" && isFile(file) {
		a.file, a.from = file, file
	}
	usual := named
	if len(named) == 0 && a.file == "" {
		usual = p.folders
	}
	if folder := first(usual, isFolder); folder != "" {
		a.folder = folder
		if a.from != "" {
			a.from += string(filepath.ListSeparator)
		}
		a.from += folder
	}
	if a.folder != "" && !folders {
		a.pem = readCAs(a.file, a.folder)
		a.file, a.folder = "", ""
	}
	return a
}

func first(names []string, is func(string) bool) string {
	for _, name := range names {
		if is(name) {
			return name
		}
	}
	return ""
}

// readCAs joins a file and all files of a folder that have certificates in them. Of several with one content, as the
// names that OpenSSL looks for are, one is taken.
func readCAs(file, folder string) []byte {
	names, _ := filepath.Glob(filepath.Join(folder, "*"))
	if file != "" {
		names = append([]string{file}, names...)
	}
	var all bytes.Buffer
	seen := map[string]bool{}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil || seen[string(text)] || !bytes.Contains(text, []byte("-----BEGIN CERTIFICATE-----")) {
			continue
		}
		seen[string(text)] = true
		all.Write(text)
		all.WriteByte('\n')
	}
	return all.Bytes()
}
