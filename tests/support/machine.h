/* What this machine could do at the best, measured in the same run as all else: every figure of a
 * node is told as a part of one of these. */
#pragma once

struct machine {
    double signs, verifies, digests; /* a second of one processor; digests of 1,400 bytes */
    double rows, commits;            /* a second: rows of 1.3 KB at 128 a commit, and alone */
    double exchanged;                /* a second: see machine_exchange */
    double exchanged_us;             /* processor time of one of them, both processes together */
    double alone_ms;                 /* the same, one at a time */
};

/* Cryptography and database, and says them: some seconds. dir: on the disk that the nodes use. */
void machine_look(struct machine *machine, const char *dir);
/* Only signs, verifies and digests; says nothing. */
void machine_look_crypto(struct machine *machine);
/* The bare exchange: two processes and nanomsg. One writes rows of 1.3 KB and signs for each 32 of
 * them, commits and sends; the other verifies, digests, writes, commits, signs a receipt, and sends
 * it back; the first one verifies it and commits again. No session, no scanner, no fold, no lists:
 * a bound that a node can approach, not reach. flush_us is added to each flush. */
void machine_exchange(struct machine *machine, const char *dir, long flush_us);
