package curl

import (
	"os"
	"testing"
)

// TestMultiWaitFDsOfManySockets: before 8.11.0 libcurl did not say how many there are, and more than 64 were an error.
func TestMultiWaitFDsOfManySockets(t *testing.T) {
	t.Parallel()
	if os.Getenv("GOCURL_TEST_CHILD") != t.Name() {
		inChild(t, "GOCURL_LIBRARY="+overSystemLibcurl(t, "testdata/waitfds.c"))
		return
	}
	m, err := NewMulti()
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close()
	if fds, err := m.WaitFDs(); err != nil || len(fds) != 100 {
		t.Errorf("%d descriptors, %v", len(fds), err)
	}
}
