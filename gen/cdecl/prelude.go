package cdecl

// Guard is the macro that a C file defines when it has included the C library's own headers before headers/curl.h:
// it hides the stand-ins of Prelude.
const Guard = "GOCURL_HAVE_LIBC"

// Prelude declares what libcurl's prototypes take from the C library. The sizes are those of 64-bit Linux; code
// that is really compiled defines Guard and gets the C library's own types.
const Prelude = `typedef unsigned long size_t;
typedef long time_t;
typedef unsigned int socklen_t;
typedef __builtin_va_list va_list;
typedef struct gocurl_file FILE;
typedef struct gocurl_fd_set fd_set;
struct sockaddr {
	unsigned short sa_family;
	char sa_data[14];
};
`

// System declares what libcurl's own system.h works out from the compiler and the platform. Ours replaces it: the
// original ends in #error without a compiler it knows, and would make curl_off_t a long here and a long long there.
// It is a 64-bit integer everywhere.
const System = `typedef long long curl_off_t;
typedef unsigned int curl_socklen_t;
`

// predefined is what cc/v4 asks of a compiler. No __GNUC__: it would bring in attributes and the type-checking
// macros that replace curl_easy_setopt and hide its prototype.
const predefined = `#define __SIZE_TYPE__ unsigned long
#define __PTRDIFF_TYPE__ long
#define __WCHAR_TYPE__ int
#define __STDC__ 1
#define __STDC_VERSION__ 201112L
typedef void *__builtin_va_list;
typedef __SIZE_TYPE__ __predefined_size_t;
typedef __WCHAR_TYPE__ __predefined_wchar_t;
typedef __PTRDIFF_TYPE__ __predefined_ptrdiff_t;
int __predefined_declarator;
`
