//go:build !gocurl_link && !gocurl_pkgconfig

#include "load.h"

#include <windows.h>

#define PATH_LENGTH 32768 /* the longest that Windows knows */

static HMODULE library;

static int refuse(char *why, size_t size, const char *name)
{
	DWORD code = GetLastError();
	wchar_t wide[256];
	char text[512] = "";
	DWORD n = FormatMessageW(FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS, NULL, code, 0, wide, 256, NULL);

	while (n && wide[n - 1] <= L' ')
		n--;
	WideCharToMultiByte(CP_UTF8, 0, wide, (int)n, text, sizeof text - 1, NULL, NULL);
	snprintf(why, size, "%s: error %lu: %s", name, code, text);
	return -1;
}

/* A bare name is looked for beside the program, in System32 and in the folders the program added, not in PATH or the
 * working directory, where anybody may have put a file of that name. */
int gocurl_load_open(const char *name, char *why, size_t size)
{
	static wchar_t given[PATH_LENGTH], full[PATH_LENGTH];
	const wchar_t *file = given;
	DWORD flags = LOAD_LIBRARY_SEARCH_DEFAULT_DIRS;
	char *row = (char *)&gocurl_fn;
	size_t i;

	if (!MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, name, -1, given, PATH_LENGTH))
		return refuse(why, size, name);
	if (wcspbrk(given, L"\\/")) {
		DWORD n = GetFullPathNameW(given, PATH_LENGTH, full, NULL);

		if (!n || n >= PATH_LENGTH)
			return refuse(why, size, name);
		file = full;
		flags |= LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR; /* its dependencies may lie beside it */
	}
	library = LoadLibraryExW(file, NULL, flags);
	if (!library)
		return refuse(why, size, name);
	for (i = 0; i < GOCURL_TABLE_SIZE; i++, row += sizeof(void *)) {
		FARPROC function = GetProcAddress(library, gocurl_names[i]);

		memcpy(row, &function, sizeof function);
	}
	return 0;
}

void gocurl_load_close(void)
{
	memset(&gocurl_fn, 0, sizeof gocurl_fn);
	FreeLibrary(library);
	library = NULL;
}
