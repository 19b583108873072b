package info

// Key asks for one piece of information about a transfer; T is the type of the answer. Keys are the variables of this
// package. The zero Key is invalid.
type Key[T any] struct {
	id      ID
	kind    Kind
	convert func(Value) T
}

// ID returns the key's number.
func (k Key[T]) ID() ID { return k.id }

// String returns the C name: CURLINFO_RESPONSE_CODE.
func (k Key[T]) String() string { return k.id.String() }

// Spec is what package curl has to read from libcurl to answer a key. Like the type Value it is exported because Go
// offers no narrower door between the packages; neither is part of the promises this module makes about its API.
type Spec struct {
	ID   ID
	Kind Kind
}

// Spec returns what there is to read. See the type for who may use it.
func (k Key[T]) Spec() Spec { return Spec{k.id, k.kind} }

// Convert turns what libcurl answered into the key's type. See the type Spec for who may use it.
func (k Key[T]) Convert(v Value) T { return k.convert(v) }

// Value is an answer as libcurl gave it. The field that counts depends on the Kind.
type Value struct {
	Int   int64      // KindLong, KindOff, KindSocket; for KindTLS the backend
	Float float64    // KindDouble
	Str   string     // KindString; empty for a null pointer
	List  []string   // KindList
	Certs [][]string // KindCerts: the "name:value" strings of each certificate
	Ptr   uintptr    // KindTLS
}
