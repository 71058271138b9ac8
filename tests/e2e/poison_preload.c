/* Loaded before a real peregrind: as soon as the file ARMED is there, reading a message of one type
 * with certain bytes in it ends the process. What the product does of it is its own.
 *
 * POISON_ARMED  the file: `abort`, `segv`, `stack`, or `hang`
 * POISON_TYPE   the protobuf type, `peregrin.Nomination`
 * POISON_MARK   the bytes, in hexadecimal */
#include <dlfcn.h>
#include <fcntl.h>
#include <protobuf-c/protobuf-c.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef ProtobufCMessage *unpack(const ProtobufCMessageDescriptor *, ProtobufCAllocator *, size_t,
                                 const uint8_t *);

static size_t mark_read(uint8_t out[static 128])
{
    const char *hex = getenv("POISON_MARK");
    size_t size = 0;
    for (; hex && hex[2 * size] && size < 128; size++)
        out[size] = (uint8_t)strtoul((char[3]) {hex[2 * size], hex[2 * size + 1], 0}, NULL, 16);
    return size;
}

static volatile int deeper = 1;

static int too_deep(int level)
{
    volatile char room[4096] = {0};
    return deeper ? too_deep(level + 1) + room[level % 4096] : level;
}

static void end(void)
{
    char how[8] = {0};
    int file = open(getenv("POISON_ARMED"), O_RDONLY);
    if (file < 0 || read(file, how, sizeof how - 1) < 0)
        return;
    close(file);
    if (strcmp(how, "abort") == 0)
        abort();
    if (strcmp(how, "segv") == 0)
        *(volatile int *)8 = 1;
    if (strcmp(how, "stack") == 0)
        _exit(too_deep(0) & 1);
    if (strcmp(how, "hang") == 0) {
        close(open(getenv("POISON_HANGS"), O_CREAT | O_WRONLY, 0600));
        for (;;)
            pause();
    }
}

ProtobufCMessage *protobuf_c_message_unpack(const ProtobufCMessageDescriptor *type,
                                            ProtobufCAllocator *allocator, size_t size,
                                            const uint8_t *data)
{
    uint8_t mark[128];
    size_t length = mark_read(mark);
    if (length && strcmp(type->name, getenv("POISON_TYPE")) == 0 &&
        memmem(data, size, mark, length))
        end();
    unpack *real = (unpack *)dlsym(RTLD_NEXT, "protobuf_c_message_unpack");
    return real(type, allocator, size, data);
}
