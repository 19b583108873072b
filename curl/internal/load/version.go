package load

import (
	"fmt"
	"strings"
)

// Version is a version of libcurl as LIBCURL_VERSION_NUM writes it: 0xXXYYZZ.
type Version uint32

// Floor is the oldest libcurl that is accepted.
const Floor Version = 0x073d01

// String returns "7.61.1" for 0x073d01.
func (v Version) String() string {
	return fmt.Sprintf("%d.%d.%d", v>>16&0xff, v>>8&0xff, v&0xff)
}

// parseVersion reads the version from the text of curl_version: "libcurl/8.22.0-DEV OpenSSL/3.0.22 zlib/1.2.13".
// That text is asked instead of curl_version_info because the latter may be written to by libcurl until
// curl_global_init is through, and the version decides whether that is called at all.
func parseVersion(text string) (Version, bool) {
	number, found := strings.CutPrefix(text, "libcurl/")
	if !found {
		return 0, false
	}
	var major, minor, patch uint8
	if _, err := fmt.Sscanf(number, "%d.%d.%d", &major, &minor, &patch); err != nil {
		return 0, false
	}
	return Version(major)<<16 | Version(minor)<<8 | Version(patch), true
}
