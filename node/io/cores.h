/* What a process has in its memory stays there: keys, passwords, names. */
#pragma once

/* From here on neither a core file nor another process of the same user gets this one's memory. A
 * limit alone would not do: the system ignores it where it hands cores to a program. */
void cores_forbid(void);
