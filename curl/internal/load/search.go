package load

import "os"

// Variable is the environment variable that names the library to load.
const Variable = "GOCURL_LIBRARY"

// Where the name of a candidate came from, as Attempt.Source says it.
const (
	SourceCall     = "curl.Load"
	SourceVariable = Variable
	SourceSearch   = "search list"
	SourceLinked   = "linked into the program"
)

// searchList returns the names to try on an operating system, best first. A bare name goes through the dynamic
// linker's own search; all of them name ABI 4, libcurl's since 7.16.0.
func searchList(goos string) []string {
	switch goos {
	case "linux":
		return []string{"libcurl.so.4", "libcurl-gnutls.so.4", "libcurl-nss.so.4"}
	case "darwin", "ios":
		return []string{
			"/usr/lib/libcurl.4.dylib",
			"/opt/homebrew/opt/curl/lib/libcurl.4.dylib", // Homebrew on Apple silicon
			"/usr/local/opt/curl/lib/libcurl.4.dylib",    // Homebrew on Intel
		}
	case "windows":
		return []string{"libcurl.dll", "libcurl-x64.dll"}
	default:
		return []string{"libcurl.so.4", "libcurl.so"}
	}
}

// getenv is os.Getenv except in a program that runs with more rights than its caller has (set-user-ID and the like):
// there the caller must not choose the code to load, just as the dynamic linker ignores LD_LIBRARY_PATH.
func getenv(name string) string {
	if os.Getuid() != os.Geteuid() || os.Getgid() != os.Getegid() {
		return ""
	}
	return os.Getenv(name)
}
