package capi

// What callbacks answer, in libcurl's numbers. They are part of libcurl's binary interface and never change;
// results_test.go compares them with headers/.
const (
	WritePause = 0x10000001 // CURL_WRITEFUNC_PAUSE
	WriteError = 0xFFFFFFFF // CURL_WRITEFUNC_ERROR; before 7.87.0 it is just a wrong count, which means the same
	ReadAbort  = 0x10000000 // CURL_READFUNC_ABORT
	ReadPause  = 0x10000001 // CURL_READFUNC_PAUSE

	SeekOK   = 0 // CURL_SEEKFUNC_OK
	SeekFail = 1 // CURL_SEEKFUNC_FAIL
	SeekCant = 2 // CURL_SEEKFUNC_CANTSEEK

	IoctlOK   = 0 // CURLIOE_OK
	IoctlFail = 2 // CURLIOE_FAILRESTART

	TrailerOK    = 0 // CURL_TRAILERFUNC_OK
	TrailerAbort = 1 // CURL_TRAILERFUNC_ABORT

	SockOptOK        = 0  // CURL_SOCKOPT_OK
	SockOptError     = 1  // CURL_SOCKOPT_ERROR
	SockOptConnected = 2  // CURL_SOCKOPT_ALREADY_CONNECTED
	BadSocket        = -1 // CURL_SOCKET_BAD

	PrereqOK    = 0 // CURL_PREREQFUNC_OK
	PrereqAbort = 1 // CURL_PREREQFUNC_ABORT

	SSLContextAbort = 42 // CURLE_ABORTED_BY_CALLBACK
	SSHKeyReject    = 2  // CURLKHSTAT_REJECT

	ChunkOK   = 0 // CURL_CHUNK_BGN_FUNC_OK
	ChunkFail = 1 // CURL_CHUNK_BGN_FUNC_FAIL
	ChunkSkip = 2 // CURL_CHUNK_BGN_FUNC_SKIP

	MatchYes  = 0 // CURL_FNMATCHFUNC_MATCH
	MatchNo   = 1 // CURL_FNMATCHFUNC_NOMATCH
	MatchFail = 2 // CURL_FNMATCHFUNC_FAIL

	HSTSOK   = 0 // CURLSTS_OK
	HSTSDone = 1 // CURLSTS_DONE
	HSTSFail = 2 // CURLSTS_FAIL

	KnownPerm  = 1 << 3 // CURLFINFOFLAG_KNOWN_PERM
	KnownUID   = 1 << 4 // CURLFINFOFLAG_KNOWN_UID
	KnownGID   = 1 << 5 // CURLFINFOFLAG_KNOWN_GID
	KnownSize  = 1 << 6 // CURLFINFOFLAG_KNOWN_SIZE
	KnownLinks = 1 << 7 // CURLFINFOFLAG_KNOWN_HLINKCOUNT
)
