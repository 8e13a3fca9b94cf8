/* Counts the calls by which a program changes and reads files below one folder, and spoils the one it is told to.
 *
 * Preloaded (LD_PRELOAD) into the real program by file_calls.py, which also compiles it. Nothing is counted, and
 * nothing is spoilt, before `file_calls_arm`; the count is shared with the process that was forked from.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { LOOK = 1, TAKE = 2, MAKE = 4, FILL = 8, SYNC = 16, MOVE = 32, DROP = 64 };
/* Opens to read; reads; makes a name; writes bytes; flushes; moves a name; takes a name away. */
enum { KILL = -1, SHORT = -2 }; /* beside the numbers of errno */

static struct { long calls; } *shared;
static char folder[PATH_MAX];
static size_t length;
static int kinds, fault, for_ever;
static long at;

__attribute__((constructor)) static void start(void) {
    shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
}

/* Spoils the `number`-th call (none if 0) of these kinds below `place`: with KILL, SHORT or an errno. */
void file_calls_arm(const char *place, int which, int what, long number, int from_then_on) {
    shared->calls = 0;
    kinds = which, fault = what, at = number, for_ever = from_then_on;
    length = strlen(place);
    memcpy(folder, place, length + 1);
}

long file_calls_counted(void) { return shared->calls; }

static int below(const char *path) {
    return length && !strncmp(path, folder, length) && (path[length] == '/' || !path[length]);
}

static int named(int base, const char *path) {
    char whole[2 * PATH_MAX], link[64];
    ssize_t got = 0;
    if (!length || !path) return 0;
    if (path[0] == '/') return below(path);
    if (base == AT_FDCWD) {
        if (!getcwd(whole, PATH_MAX)) return 0;
        got = (ssize_t)strlen(whole);
    } else {
        snprintf(link, sizeof link, "/proc/self/fd/%d", base);
        if ((got = readlink(link, whole, PATH_MAX)) < 0) return 0;
    }
    snprintf(whole + got, PATH_MAX, "/%s", path);
    return below(whole);
}

static int held(int handle) {
    char path[PATH_MAX], link[64];
    ssize_t got;
    if (!length) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", handle);
    if ((got = readlink(link, path, sizeof path - 1)) < 0) return 0;
    path[got] = 0;
    return below(path);
}

/* Whether this call is to go wrong; does not come back where the process is to die. */
static int spoilt(int kind, int ours) {
    long number;
    if (!ours || !(kinds & kind)) return 0;
    number = __atomic_add_fetch(&shared->calls, 1, __ATOMIC_SEQ_CST);
    if (!at || !(number == at || (for_ever && number > at))) return 0;
    if (fault == KILL) {
        kill(getpid(), SIGKILL);
        for (;;) pause();
    }
    if (fault != SHORT) errno = fault;
    return 1;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define INSTEAD(kind, ours) if (spoilt(kind, ours) && fault != SHORT) return -1

static int opened(int base, const char *path, int flags, unsigned mode) {
    int changes = flags & (O_CREAT | O_TRUNC);
    INSTEAD(changes ? MAKE : LOOK, named(base, path));
    return REAL(openat64)(base, path, flags, mode);
}

#define OPEN(...) \
    unsigned mode = 0; \
    if (flags & (O_CREAT | __O_TMPFILE)) { \
        va_list rest; \
        va_start(rest, flags); \
        mode = va_arg(rest, unsigned); \
        va_end(rest); \
    } \
    return opened(__VA_ARGS__, flags, mode)

int open(const char *path, int flags, ...) { OPEN(AT_FDCWD, path); }
int open64(const char *path, int flags, ...) { OPEN(AT_FDCWD, path); }
int openat(int base, const char *path, int flags, ...) { OPEN(base, path); }
int openat64(int base, const char *path, int flags, ...) { OPEN(base, path); }

DIR *opendir(const char *path) {
    if (spoilt(LOOK, named(AT_FDCWD, path)) && fault != SHORT) return NULL;
    return REAL(opendir)(path);
}

ssize_t read(int handle, void *into, size_t count) {
    if (spoilt(TAKE, held(handle))) {
        if (fault != SHORT) return -1;
        count = count > 1 ? count / 2 : count;
    }
    return REAL(read)(handle, into, count);
}

ssize_t write(int handle, const void *data, size_t count) {
    if (spoilt(FILL, held(handle))) {
        if (fault != SHORT) return -1;
        count = count > 1 ? count / 2 : count;
    }
    return REAL(write)(handle, data, count);
}

ssize_t sendfile64(int to, int from, off64_t *start_at, size_t count);
ssize_t sendfile64(int to, int from, off64_t *start_at, size_t count) {
    INSTEAD(FILL, held(to));
    return REAL(sendfile64)(to, from, start_at, count);
}

ssize_t copy_file_range(int from, off64_t *from_at, int to, off64_t *to_at, size_t count, unsigned flags) {
    INSTEAD(FILL, held(to));
    return REAL(copy_file_range)(from, from_at, to, to_at, count, flags);
}

int ftruncate64(int handle, off64_t size) {
    INSTEAD(FILL, held(handle));
    return REAL(ftruncate64)(handle, size);
}

int fsync(int handle) {
    INSTEAD(SYNC, held(handle));
    return REAL(fsync)(handle);
}

int mkdir(const char *path, mode_t mode) {
    INSTEAD(MAKE, named(AT_FDCWD, path));
    return REAL(mkdir)(path, mode);
}

int symlink(const char *target, const char *path) {
    INSTEAD(MAKE, named(AT_FDCWD, path));
    return REAL(symlink)(target, path);
}

int link(const char *old, const char *path) {
    INSTEAD(MAKE, named(AT_FDCWD, path));
    return REAL(link)(old, path);
}

int linkat(int old_base, const char *old, int base, const char *path, int flags) {
    INSTEAD(MAKE, named(base, path));
    return REAL(linkat)(old_base, old, base, path, flags);
}

int rename(const char *old, const char *path) {
    INSTEAD(MOVE, named(AT_FDCWD, old) || named(AT_FDCWD, path));
    return REAL(rename)(old, path);
}

int renameat2(int old_base, const char *old, int base, const char *path, unsigned flags) {
    INSTEAD(MOVE, named(old_base, old) || named(base, path));
    return REAL(renameat2)(old_base, old, base, path, flags);
}

int unlink(const char *path) {
    INSTEAD(DROP, named(AT_FDCWD, path));
    return REAL(unlink)(path);
}

int unlinkat(int base, const char *path, int flags) {
    INSTEAD(DROP, named(base, path));
    return REAL(unlinkat)(base, path, flags);
}

int rmdir(const char *path) {
    INSTEAD(DROP, named(AT_FDCWD, path));
    return REAL(rmdir)(path);
}
