//go:build !cgo

package capi

import (
	"iter"
	"unsafe"
)

// Without cgo there is no libcurl: loading fails, so no Cell and no Driver ever exists and nothing in this file is
// reached. It lets programs build, and get the loader's clear error instead of undefined names.

type (
	Cell   struct{}
	Batch  struct{}
	Driver struct{}
	Share  struct{}
	Multi  struct{}
	URL    struct{}
	Closer struct{}
	Form   struct{}
	Event  int
	Place  int
	Played int
)

type FramePart struct {
	N            int
	Flags        uint32
	Offset, Left int64
}

const (
	MaxOps = 16

	Finished, Woken, Ready, Failed, News, Idle        Event  = 1, 2, 4, 8, 16, 32
	Outside, Own, Sibling, Foreign, InEvent           Place  = 0, 1, 2, 3, 4
	PlayedAll, PlayPaused, PlayRefused, PlayUnwritten Played = 0, 1, 2, 3
	PlayBody                                          Played = 4
)

func NewCell(key uintptr) Cell                                                            { return Cell{} }
func (Cell) Valid() bool                                                                  { return false }
func (Cell) Reset()                                                                       {}
func (Cell) Clone(key uintptr) (clone Cell, code int)                                     { return }
func (Cell) Retire()                                                                      {}
func (Cell) Hold()                                                                        {}
func (Cell) Claim()                                                                       {}
func (Cell) Unclaimed() (unclaimed bool)                                                  { return }
func (Cell) LetGo()                                                                       {}
func (Cell) Free()                                                                        {}
func (Cell) SetKey(key uintptr)                                                           {}
func (Cell) ErrorText() string                                                            { return "" }
func (Cell) Discarded() int64                                                             { return 0 }
func (Cell) Result() int                                                                  { return 0 }
func (Cell) NoSource() bool                                                               { return false }
func (Cell) Debugging() bool                                                              { return false }
func (Cell) Attached() bool                                                               { return false }
func (Cell) SetDetached()                                                                 {}
func (Cell) Pause(mask int) (code int)                                                    { return }
func (Cell) Upkeep() (code int)                                                           { return }
func (Cell) Send(p []byte) (n, code int)                                                  { return }
func (Cell) Recv(p []byte) (n, code int)                                                  { return }
func (Cell) Apply(b *Batch, calling bool) (index, code int)                               { return }
func (Cell) SetStopping(yes bool)                                                         {}
func (Cell) Talk()                                                                        {}
func (Cell) GuardSockets()                                                                {}
func (Cell) SaidEnd() bool                                                                { return false }
func (Cell) HeldUp() bool                                                                 { return false }
func (Cell) Overdue() bool                                                                { return false }
func (Cell) Strayed() bool                                                                { return false }
func (Cell) SetFunctions(on bool, ids ...int32)                                           {}
func NewBatch() *Batch                                                                    { return nil }
func (*Batch) Free()                                                                      {}
func (*Batch) Len() int                                                                   { return 0 }
func (*Batch) Long(id int32, v int64)                                                     {}
func (*Batch) Off(id int32, v int64)                                                      {}
func (*Batch) Function(id int32, on bool)                                                 {}
func (*Batch) Null(id int32, class Class)                                                 {}
func (*Batch) String(id int32, s string)                                                  {}
func (*Batch) Bytes(id int32, p []byte)                                                   {}
func (*Batch) Blob(id int32, p []byte)                                                    {}
func (*Batch) List(id int32, list []string)                                               {}
func Where(c Cell, d Driver) Place                                                        { return 0 }
func FrameAbandon()                                                                       {}
func NewDriver(polling, quickExit bool) (d Driver, code int)                              { return }
func (Driver) Valid() bool                                                                { return false }
func (Driver) Free()                                                                      {}
func (Driver) Add(c Cell) (code int)                                                      { return }
func (Driver) Remove(c Cell) (code int)                                                   { return }
func (Driver) Step(budget int64) Event                                                    { return 0 }
func (Driver) Run(c Cell, budget, usec int64) Event                                       { return 0 }
func (Driver) Wait(usec int64) Event                                                      { return 0 }
func LookNever()                                                                          {}
func DenseAlways()                                                                        {}
func (Driver) Dense() bool                                                                { return false }
func (Driver) Thin()                                                                      {}
func (Driver) Due() int64                                                                 { return 0 }
func (Driver) Code() int                                                                  { return 0 }
func (Driver) NextDone() Cell                                                             { return Cell{} }
func (Driver) NextNews() Cell                                                             { return Cell{} }
func (Driver) Share(confined Share)                                                       {}
func (Driver) Limit(id int32, value int64) (code int)                                     { return }
func (Cell) OnSpot() bool                                                                 { return false }
func (Cell) Timeout() int64                                                               { return 0 }
func (Cell) ClosesSockets() bool                                                          { return false }
func (Cell) Keeps() bool                                                                  { return false }
func (Cell) Secures() bool                                                                { return false }
func (Cell) Key() uintptr                                                                 { return 0 }
func (Cell) Tape(on bool)                                                                 {}
func (Cell) Untape()                                                                      {}
func (Cell) Taping() bool                                                                 { return false }
func (Cell) Take() bool                                                                   { return false }
func (Cell) Full() bool                                                                   { return false }
func (Cell) Emptied()                                                                     {}
func (Cell) Jam(uint32) bool                                                              { return false }
func (Cell) Jammed() uint32                                                               { return 0 }
func (Cell) Loosen(uint32) bool                                                           { return false }
func (Cell) Wants() bool                                                                  { return false }
func (Cell) Play() Played                                                                 { return 0 }
func (Cell) Reports() bool                                                                { return false }
func (Cell) Progress() (counts [4]int64)                                                  { return }
func (Cell) Report([4]int64) Played                                                       { return 0 }
func (Cell) Fill() Played                                                                 { return 0 }
func (Cell) Give() (starved bool)                                                         { return }
func (Cell) Stream(live, headers bool)                                                    {}
func (Cell) NotePaused()                                                                  {}
func (Cell) Stale() bool                                                                  { return false }
func (Cell) KeepsHSTS() bool                                                              { return false }
func (Cell) Cloning() bool                                                                { return false }
func (Cell) FitReceive(large bool)                                                        {}
func (Cell) FitUpload(large bool)                                                         {}
func (Cell) SetSource(size int64, large, seekless bool)                                   {}
func (Cell) Promised() int64                                                              { return -1 }
func (Cell) Answered() bool                                                               { return false }
func (Cell) Recorded() bool                                                               { return false }
func (Cell) NextBody() Played                                                             { return 0 }
func (Cell) Body() []byte                                                                 { return nil }
func (Driver) StepInto(c Cell, p []byte, budget int64) (ev Event, n int)                  { return }
func (Driver) WakeFD() int                                                                { return 0 }
func NewShare(confined bool) Share                                                        { return Share{} }
func (Share) Valid() bool                                                                 { return false }
func (Share) Add(kind int) (code int)                                                     { return }
func (Share) Free() (code int)                                                            { return }
func (Cell) SetShare(s Share) (code int)                                                  { return }
func FramesUnderLock() int                                                                { return 0 }
func Wake(fd int)                                                                         {}
func (Driver) Park() int                                                                  { return 0 }
func (Driver) Unpark()                                                                    {}
func (Driver) DisownPollFD()                                                              {}
func (Cell) InfoLong(id int32) (n int64, code int)                                        { return }
func (Cell) InfoOff(id int32) (n int64, code int)                                         { return }
func (Cell) InfoDouble(id int32) (f float64, code int)                                    { return }
func (Cell) InfoSocket(id int32) (fd int64, code int)                                     { return }
func (Cell) InfoString(id int32) (s string, code int)                                     { return }
func (Cell) InfoList(id int32) (list []string, code int)                                  { return }
func (Cell) InfoCerts(id int32) (chain [][]string, code int)                              { return }
func (Cell) InfoTLS(id int32) (backend int, object uintptr, code int)                     { return }
func (Cell) Headers(origin uint, request int) []Header                                    { return nil }
func (Cell) Header(name string, index int, origin uint, request int) (h Header, code int) { return }
func (Cell) Requests() (n, code int)                                                      { return }
func (Cell) Sessions() (all []Session, code int)                                          { return }
func (Cell) Import(s Session) (code int)                                                  { return }
func Options() iter.Seq[Option]                                                           { return func(func(Option) bool) {} }
func OptionByName(name string) (o Option, ok bool)                                        { return }
func OptionByID(id int32) (o Option, ok bool)                                             { return }
func GlobalTrace(config string) (code int)                                                { return }
func OptionClass(id int32) string                                                         { return "" }
func DecodeSockAddr(p unsafe.Pointer) SockAddr                                            { return SockAddr{} }
func EncodeSockAddr(p unsafe.Pointer, s SockAddr)                                         {}
func DecodeKey(p unsafe.Pointer) (key []byte, keyType int)                                { return }
func DecodeFileInfo(p unsafe.Pointer) FileInfo                                            { return FileInfo{} }
func Text(p unsafe.Pointer) string                                                        { return "" }
func DecodeHSTS(entry, index unsafe.Pointer) (e HSTSEntry, i, total int)                  { return }
func EncodeHSTS(entry unsafe.Pointer, e HSTSEntry) bool                                   { return false }
func AppendTrailers(list unsafe.Pointer, lines []string) bool                             { return false }
func Escape(string) (string, bool)                                                        { return "", false }
func Unescape(string) (string, bool)                                                      { return "", false }
func ParseDate(string) int64                                                              { return -1 }

func NewURL() URL                                                 { return URL{} }
func (URL) Valid() bool                                           { return false }
func (URL) Clone() URL                                            { return URL{} }
func (URL) Free()                                                 {}
func (URL) Set(part int, text string, flags uint) (code int)      { return }
func (URL) Unset(part int) (code int)                             { return }
func (URL) Get(part int, flags uint) (text string, code int)      { return }
func (Cell) SetURL(u URL) (code int)                              { return }
func (Cell) WSRecv(p []byte) (f FramePart, code int)              { return }
func (Cell) WSSend([]byte, int64, uint32) (f FramePart, code int) { return }
func (Cell) WSMeta() (f FramePart, ok bool)                       { return }
func (Cell) WSStart(flags uint32, size int64) (code int)          { return }
func Live(c Cell) bool                                            { return false }

func NewMulti() (m Multi, code int)                                      { return }
func (Multi) Valid() bool                                                { return false }
func (Multi) Driver() Driver                                             { return Driver{} }
func (Multi) SetKey(key uintptr)                                         {}
func (Multi) Free()                                                      {}
func (Multi) Add(c Cell, k Closer) (code int)                            { return }
func (Multi) Perform() (code int)                                        { return }
func (Multi) SocketAction(fd uintptr, events int) (code int)             { return }
func (Multi) SocketAll() (code int)                                      { return }
func (Multi) Wait([]WaitFD, int, bool) (ready int, woken bool, code int) { return }
func (Multi) Timeout() (ms int64, code int)                              { return }
func (Multi) WaitFDs() (fds []WaitFD, code int)                          { return }
func (Multi) NextMessage() Cell                                          { return Cell{} }
func (Multi) Notify()                                                    {}
func (Multi) SetLong(id int32, n int64) (code int)                       { return }
func (Multi) SetOff(id int32, n int64) (code int)                        { return }
func (Multi) SetList(id int32, list []string) (code int)                 { return }
func (Multi) SetFunction(id int32, on bool) (code int)                   { return }
func (Multi) Assign(fd uintptr, on bool) (code int)                      { return }
func (Multi) Count(info int32) (n int64, code int)                       { return }
func (Multi) NotifyOn(what uint32, on bool) (code int)                   { return }
func (Multi) NewCloser(id uint64) Closer                                 { return Closer{} }
func (Closer) Claimed() (claimed bool)                                   { return }
func (Closer) Free()                                                     {}
func (Multi) Adopt(parent, easy, key uintptr) Cell                       { return Cell{} }
func (Cell) Address() uintptr                                            { return 0 }
func (Cell) OwnCloser()                                                  {}
func (Cell) SetDriver(d Driver)                                          {}
func (Cell) Joined()                                                     {}
func (Cell) Disown()                                                     {}
func NewForm(w *FormWriter) Form                                         { return Form{} }
func (Form) Valid() bool                                                 { return false }
func (Form) Drop()                                                       {}
func (Cell) SetMIME(f Form) (code, part int)                             { return }
func (Cell) Ask()                                                        {}
func PushHeaders(headers unsafe.Pointer, n int) []string                 { return nil }

type number struct {
	id      int32
	class   uint8
	n       int64
	nothing [2]uintptr
}

const (
	NumberSize    = unsafe.Sizeof(number{})
	NumberID      = unsafe.Offsetof(number{}.id)
	NumberClass   = unsafe.Offsetof(number{}.class)
	NumberValue   = unsafe.Offsetof(number{}.n)
	NumberNothing = unsafe.Offsetof(number{}.nothing)
)

func (Cell) ApplyNumbers(numbers unsafe.Pointer, n int) (index, code int) { return }
func Watched(id int32) bool                                               { return false }
