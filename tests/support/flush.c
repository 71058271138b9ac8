#include "support/flush.h"

#include <sys/prctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static long added_us;

void flush_slow(long microseconds)
{
    added_us = microseconds;
    if (added_us)
        prctl(PR_SET_TIMERSLACK, 1);
}

static int flush(long number, int descriptor)
{
    int result = (int)syscall(number, descriptor);
    struct timespec pause = {added_us / 1000000, added_us % 1000000 * 1000};
    if (added_us)
        nanosleep(&pause, NULL);
    return result;
}

/* The program's own come before the C library's, also for the libraries that it links. */
int fdatasync(int descriptor)
{
    return flush(SYS_fdatasync, descriptor);
}

int fsync(int descriptor)
{
    return flush(SYS_fsync, descriptor);
}
