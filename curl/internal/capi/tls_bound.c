#include "decl.h"
#include "tls_bound.h"

#ifdef __ELF__

#include <dlfcn.h>
#include <link.h>

#if __SIZEOF_POINTER__ == 8
#define SYMBOL_OF(info) ELF64_R_SYM(info)
#else
#define SYMBOL_OF(info) ELF32_R_SYM(info)
#endif

struct image {
	const struct link_map *map;
	const ElfW(Sym) *symbols;
	const char *names;
};

/* glibc has put addresses in place of the offsets in the file, musl leaves them. */
static const char *at(const struct link_map *m, ElfW(Addr) p)
{
	return (const char *)(p < m->l_addr ? p + m->l_addr : p);
}

/* Goes through relocations, each of step bytes with its place and symbol in front, for the one of that symbol. */
static void *bound_by(const struct image *im, const char *table, size_t size, size_t step, const char *name)
{
	for (size_t i = 0; table && i + step <= size; i += step) {
		const ElfW(Rel) *r = (const ElfW(Rel) *)(table + i); /* ElfW(Rela) begins like it */
		const ElfW(Sym) *s = im->symbols + SYMBOL_OF(r->r_info);
		Dl_info to;
		void *p;

		if (!SYMBOL_OF(r->r_info) || strcmp(im->names + s->st_name, name) != 0)
			continue;
		memcpy(&p, (const char *)im->map->l_addr + r->r_offset, sizeof p);
		/* A reference that waits for its first use leads back into the library's own file. */
		if (s->st_shndx == SHN_UNDEF && dladdr(p, &to) && (ElfW(Addr))to.dli_fbase == im->map->l_addr && im->map->l_addr)
			return NULL;
		return p;
	}
	return NULL;
}

void *gocurl_tls_bound(void *library, const char *name)
{
	struct link_map *m = NULL;
	struct image im = { 0 };
	const char *plt = NULL, *rel = NULL, *rela = NULL;
	size_t nplt = 0, nrel = 0, nrela = 0, step_plt = sizeof(ElfW(Rela));
	void *p;

	if (dlinfo(library, RTLD_DI_LINKMAP, &m) || !m || !m->l_ld)
		return NULL;
	im.map = m;
	for (const ElfW(Dyn) *d = m->l_ld; d->d_tag != DT_NULL; d++)
		switch (d->d_tag) {
		case DT_SYMTAB: im.symbols = (const ElfW(Sym) *)at(m, d->d_un.d_ptr); break;
		case DT_STRTAB: im.names = at(m, d->d_un.d_ptr); break;
		case DT_JMPREL: plt = at(m, d->d_un.d_ptr); break;
		case DT_PLTRELSZ: nplt = d->d_un.d_val; break;
		case DT_PLTREL: step_plt = d->d_un.d_val == DT_REL ? sizeof(ElfW(Rel)) : sizeof(ElfW(Rela)); break;
		case DT_RELA: rela = at(m, d->d_un.d_ptr); break;
		case DT_RELASZ: nrela = d->d_un.d_val; break;
		case DT_REL: rel = at(m, d->d_un.d_ptr); break;
		case DT_RELSZ: nrel = d->d_un.d_val; break;
		}
	if (!im.symbols || !im.names)
		return NULL;
	p = bound_by(&im, plt, nplt, step_plt, name);
	if (!p)
		p = bound_by(&im, rela, nrela, sizeof(ElfW(Rela)), name);
	return p ? p : bound_by(&im, rel, nrel, sizeof(ElfW(Rel)), name);
}

#elif defined(_WIN32)

void *gocurl_tls_bound(void *library, const char *name)
{
	(void)library, (void)name;
	return NULL;
}

#else

#include <dlfcn.h>

/* Elsewhere a library refers to others by their names: the first of those it needs that has the function is the one. */
void *gocurl_tls_bound(void *library, const char *name)
{
	return dlsym(library, name);
}

#endif
