package curl

import (
	"github.com/seed-0edfda58/gocurl/curl/internal/capi"
	"github.com/seed-0edfda58/gocurl/generated/codes"
	"github.com/seed-0edfda58/gocurl/generated/info"
	"github.com/seed-0edfda58/gocurl/generated/multiopt"
	"github.com/seed-0edfda58/gocurl/generated/opt"
)

func init() {
	capi.Register(capi.Hooks{
		ChunkBgn:      hookChunkBegin,
		ChunkEnd:      hookChunkEnd,
		Closesocket:   hookCloseSocket,
		Debug:         hookDebug,
		Fnmatch:       hookFNMatch,
		Header:        hookHeader,
		Hstsread:      hookHSTSRead,
		Hstswrite:     hookHSTSWrite,
		Interleave:    hookInterleave,
		Ioctl:         hookIoctl,
		Opensocket:    hookOpenSocket,
		Prereq:        hookPrereq,
		Progress:      hookProgress,
		Read:          hookRead,
		ResolverStart: hookResolverStart,
		Seek:          hookSeek,
		Sockopt:       hookSockOpt,
		SshHostkey:    hookSSHHostKey,
		SshKey:        hookSSHKey,
		SslCtx:        hookSSLContext,
		Trailer:       hookTrailer,
		Write:         hookWrite,
		Xferinfo:      hookXferInfo,
	})
}

// Files generated for another runtime do not compile together with this one.
const (
	_ = uint(opt.Contract - 1)
	_ = uint(1 - opt.Contract)
	_ = uint(info.Contract - 1)
	_ = uint(1 - info.Contract)
	_ = uint(codes.Contract - 1)
	_ = uint(1 - codes.Contract)
	_ = uint(multiopt.Contract - 1)
	_ = uint(1 - multiopt.Contract)
)

// listener finds the handle behind a callback while its user can be called: libcurl may also call when the handle is
// being reaped, or through a connection that outlived it.
func listener(key uintptr) *handle {
	h := slots.get(key)
	if h == nil || !h.takeTurn(key) || h.easy == nil && !h.memberOf.lend(h) {
		return nil
	}
	return h
}
