/* Scan, then parse into an arena: the only way from foreign bytes to a generated struct. */
#pragma once

#include "base/arena.h"
#include "record/scan.h"

/* *message lives in the arena; set on success only. VERDICT_TOO_LARGE when the arena is spent. */
enum verdict codec_unpack(const ProtobufCMessageDescriptor *type, struct bytes wire,
                          const struct scan_limits *limits, struct arena *arena,
                          ProtobufCMessage **message);

/* Packs into the arena; data is NULL when it is spent. */
struct bytes codec_pack(const ProtobufCMessage *message, struct arena *arena);
