package testserver

import (
	"context"
	"net"
	"slices"
	"sync"
)

// FTPConfig says how an FTP server behaves. The zero value is an empty
// anonymous server.
type FTPConfig struct {
	Files  map[string]string // content by absolute path; the directories follow from them
	Auth   bool              // accept [User] and [Password] only
	NoEPSV bool              // know PASV only
	IPv6   bool              // listen on [::1]
	Data   *Gate             // hold each transfer here, once its data connection is open
	Done   *Gate             // hold the last reply of each transfer here, when its data connection is closed

	// Hook sees each command before the server does. When it reports true, its
	// reply is all that the client gets; an empty reply keeps it waiting. It
	// may wait at a gate with ctx, which ends with the server.
	Hook func(ctx context.Context, verb, arg string) (reply string, taken bool)
}

// FTP is an FTP server in passive mode whose files are in memory.
type FTP struct {
	*peer
	config   FTPConfig
	files    *fileTree
	mu       sync.Mutex
	commands []string
}

// NewFTP starts a server that is closed when the test ends.
func NewFTP(tb TB, config FTPConfig) *FTP {
	tb.Helper()
	f := &FTP{config: config, files: newFileTree(config.Files)}
	f.peer = newPeer(tb, config.IPv6, nil)
	f.start(func(_ int, c net.Conn) { newFTPSession(f, c).run() })
	return f
}

// URL returns the URL of an absolute path below the root.
func (f *FTP) URL(path string) string { return "ftp://" + f.Addr() + path }

// File returns what a file holds now.
func (f *FTP) File(path string) (content []byte, ok bool) { return f.files.read(path) }

// Commands returns all command lines so far, of all connections.
func (f *FTP) Commands() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.commands)
}

func (f *FTP) note(line string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.commands = append(f.commands, line)
}
