/* A disk that takes longer: each flush of this process waits so much more, whoever asks for it. */
#pragma once

void flush_slow(long microseconds);
