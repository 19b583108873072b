//go:build unix

package curl_test

import (
	"io"
	"net/http"
	"sync"
	"syscall"
	"testing"

	"github.com/seed-0edfda58/gocurl/curl"
	"github.com/seed-0edfda58/gocurl/curl/internal/testserver"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

// ldapDirectory lets everybody in, and has no entries.
var ldapDirectory = testserver.Script{testserver.Do("LDAP", func(c *testserver.ScriptConn) error {
	answers := map[byte]byte{0x60: 0x61, 0x63: 0x65} // bind, search
	for {
		head := make([]byte, 2)
		if _, err := io.ReadFull(c.Reader, head); err != nil {
			return nil // the client has gone
		}
		message := make([]byte, head[1])
		if _, err := io.ReadFull(c.Reader, message); err != nil {
			return err
		}
		if answer, ok := answers[message[3]]; ok {
			c.Write([]byte{0x30, 0x0c, 0x02, 0x01, message[2], answer, 0x07, 0x0a, 0x01, 0x00, 0x04, 0x00, 0x04, 0x00})
		}
	}
})}

// TestSocketsOfLDAPAreClosedOnce: OpenLDAP closes them, and then libcurl would close whatever has the number by then.
func TestSocketsOfLDAPAreClosedOnce(t *testing.T) {
	if !speaks(t, "ldap") {
		return
	}
	s := testserver.NewScript(t, ldapDirectory)
	url := "ldap://" + s.Addr() + "/dc=example?cn?sub"
	closed := map[string]int{}
	closes := func(where string) opt.Option {
		return opt.CloseSocketFunction(func(fd uintptr) error {
			closed[where]++
			var is syscall.Stat_t
			if err := syscall.Fstat(int(fd), &is); err != nil {
				t.Errorf("%s: libcurl closes descriptor %d: %v", where, fd, err)
				return nil
			}
			return syscall.Close(int(fd))
		})
	}
	t.Run("own", func(t *testing.T) {
		h := newHandle(t, opt.URL(url), opt.NoProxy("*"), closes("own"))
		perform(t, h)
		h.Close()
		await(t, "the end of the C handle", h.Done())
	})
	t.Run("engine", func(t *testing.T) {
		g := newEngine(t, curl.EngineConfig{})
		perform(t, engineHandle(t, g, opt.URL(url), closes("engine")))
		g.Close(bounded(t))
	})
	t.Run("multi", func(t *testing.T) {
		m := newMulti(t)
		h := newHandle(t, opt.URL(url), opt.NoProxy("*"), closes("multi"))
		addAll(t, m, h)
		for _, message := range runAll(t, m) {
			if message.Err != nil {
				t.Error(message.Err)
			}
		}
		m.Close()
	})
	t.Run("redirected", func(t *testing.T) {
		web := testserver.NewHTTP(t, testserver.HTTPConfig{Handler: http.RedirectHandler(url, http.StatusFound)})
		h := newHandle(t, opt.URL(web.URL("/own/away")), opt.NoProxy("*"), closes("redirected"), opt.FollowLocation(true))
		//lint:ignore SA1019 7.74.0 has nothing else
		set(t, h, opt.RedirectProtocolBits(opt.ProtocolLDAP))
		perform(t, h)
		h.Close()
		await(t, "the end of the C handle", h.Done())
	})
	for where, want := range map[string]int{"own": 1, "engine": 1, "multi": 1, "redirected": 2} {
		if closed[where] != want {
			t.Errorf("%s: %d sockets were closed by the function, not %d", where, closed[where], want)
		}
	}
}

// TestACloneOfAnLDAPHandleIsItsOwn: the clone's sockets are not looked after through the original, which may be gone.
func TestACloneOfAnLDAPHandleIsItsOwn(t *testing.T) {
	if !speaks(t, "ldap") {
		return
	}
	s := testserver.NewScript(t, ldapDirectory)
	h := newHandle(t, opt.URL("LDAP:/"+s.Addr()+"/dc=example?cn?sub"), opt.NoProxy("*"))
	perform(t, h)
	clone, err := h.Clone()
	if err != nil {
		t.Fatal(err)
	}
	defer clone.Close()
	h.Close()
	await(t, "the end of the C handle", h.Done())
	perform(t, clone)
	web := testserver.NewHTTP(t, testserver.HTTPConfig{})
	set(t, clone, opt.URL(web.URL("/")))
	perform(t, clone)
	// On a connection from before, 8.14.1 takes an answer without entries for none at all, and tries again for ever.
	set(t, clone, opt.URL("ldap://"+s.Addr()+"/dc=example?cn?sub"), opt.FreshConnect(true))
	perform(t, clone)
}

// TestNobodyElsesDescriptorIsUsedAfterLDAP: while some goroutines talk LDAP, others open files and find them open, and none
// of the former waits for an answer that another one has read.
func TestNobodyElsesDescriptorIsUsedAfterLDAP(t *testing.T) {
	if !speaks(t, "ldap") {
		return
	}
	s := testserver.NewScript(t, ldapDirectory)
	stop := make(chan struct{})
	var others sync.WaitGroup
	for range 4 {
		others.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				fd, err := syscall.Open("/dev/null", syscall.O_RDONLY|syscall.O_CLOEXEC, 0)
				if err != nil {
					t.Error(err)
					return
				}
				if err := syscall.Close(fd); err != nil {
					t.Errorf("somebody has closed descriptor %d: %v", fd, err)
				}
			}
		})
	}
	var users sync.WaitGroup
	for range 8 {
		h := handleWith(t, opt.URL("ldap://"+s.Addr()+"/dc=example?cn?sub"), opt.NoProxy("*"), opt.ForbidReuse(true))
		users.Go(func() {
			for range 15 { // which take 0.2 s each with libcurl 7.88.1, which waits for no socket meanwhile
				if err := h.Perform(bounded(t)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	users.Wait()
	close(stop)
	others.Wait()
}
