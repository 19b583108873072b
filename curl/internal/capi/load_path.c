#include "load.h"

#ifdef _WIN32

#include <windows.h>

void gocurl_load_path(char *path, size_t size)
{
	static wchar_t wide[32768];
	HMODULE module;
	DWORD n;

	path[0] = 0;
	if (!GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT,
				(const wchar_t *)(void *)gocurl_fn.version, &module))
		return;
	n = GetModuleFileNameW(module, wide, 32768);
	n = (DWORD)WideCharToMultiByte(CP_UTF8, 0, wide, (int)n, path, (int)size - 1, NULL, NULL);
	path[n] = 0;
}

#else

#include <dlfcn.h>

/* By the address of one of its functions: that also works for a linked libcurl and for one found by a bare name. */
void gocurl_load_path(char *path, size_t size)
{
	Dl_info info;

	path[0] = 0;
	if (dladdr((void *)gocurl_fn.version, &info) && info.dli_fname)
		snprintf(path, size, "%s", info.dli_fname);
}

#endif
