/* exchange.pml - two nodes, 0 and 1, exchange signed records in both directions.
 *
 * What is modelled (proto/README.md, sections 8, 9 and 11)
 *   Direction d: node d dials node 1-d, sends the records of ITS lane, gets receipts back.
 *   1 Opening: a counter in clear, checked against the responder's durable one; a stale dialler
 *     is told the stored value and jumps above it.  Openings are lost, doubled, captured, replayed.
 *   2 The responder keeps the live session and acts on nothing until the first transport frame
 *     (the summary) of the new one; then the old one is dead.
 *   3 Summary: both compare the SET of the dialler's records; the dialler takes back its own
 *     records that it lost and queues those without a receipt.
 *   4 Recovery: a record that has a receipt goes again only when the responder says in its answer
 *     that it may have lost records.  It says so until, since its start, it was once asked with a
 *     set equal to its own.  Such a record carries the receipt, and is then not judged again.
 *   5 Positions: the responder takes only the next; the dialler goes back on time-out to the first
 *     position without a receipt IN THIS SESSION; a duplicate gets the stored receipt again.
 *   6 Receiver: held + judged (+ refusal written) in ONE commit; the receipt leaves after it.
 *   7 Judging (node 1 judges the record at index 0 of node 0): once; a refusal is a record in the
 *     judge's own lane.
 *   8 Write guard: armed at every start, lifted by the first reconciled summary of the own
 *     direction; while armed no record gets an index (user's or refusal) and no credit is given.
 *   9 A dialler whose session died dials again, also when it has nothing to send.
 *  10 BACK: node 1 cannot be dialled.  The stream of node 0 goes back on the session that node 1
 *     dials: it begins anew, with a summary, at the first transport frame of a new session; node 1
 *     takes its data from the answer on until the session ends; when the caller is silent node 0
 *     drops the session and waits.
 *  11 BAD: one record of node 0 is such that node 1 cannot read it (a body that is no protobuf).  It
 *     is not held and has no receipt; it earns a Notice with its position, each time that it comes;
 *     its position counts as taken, so what comes behind it is not held up.  The sender marks it as
 *     stuck, durably, and sends it no more, in no session.  FIX: a person mends what was in its way
 *     and has it tried again.  The two records of node 0 are then of two dossiers: neither waits for
 *     the other.
 *   Faults: loss, duplication, capture and replay of an opening, hourly re-handshake in mid-flight,
 *   crash (may lose frames in flight), restore of a backup taken at any earlier moment.
 *
 * A lane has indices 0,1; a record is (index,text), text 0 or 1: bit 1<<(2*index+text).
 * Two texts at one index = a fork.  Node 0 submits texts 0,1; node 1 submits text 0, its text 1
 * is the refusal.  Data in flight belongs to session live[d] (only the dialler can end it, by the
 * summary of a newer one, or a crash), receipts in flight to session ses[d]: no session field needed.
 * Bit 16 of data in flight: the receiver's own receipt is shown with it.
 * Frames that would be refused are not consumed and resending is enabled only when nothing is in
 * flight, so there is no cycle (check with -DNP) and every run ends in the quiescent assertions.
 *
 *   spin -a [-Dmacros] exchange.pml
 *   cc -O2 -DSAFETY -DCOLLAPSE -DMEMLIM=18000 -o pan pan.c && ./pan -m100000 -w27
 *   cc -O2 -DNP -DCOLLAPSE -o pan pan.c && ./pan -l -m100000            no cycles
 * exchange.sh runs the mixes that hold and every variant below, which must be refuted.
 *
 * Known-bad variants, and a mix that refutes each (a = assertion, c = cycle with -DNP):
 *   BUG_OLD_DATA            a -DRS0=1 -DLOSS=0 -DREPLAY=0   data of a dead session accepted: lane order, views differ
 *   BUG_EAGER_OPEN          a -DRS0=1 -DT1=0                copy of an opening ends a live session
 *   BUG_NO_SUMMARY          a -DRS0=1 (or RS1) -DLOSS=0 -DREPLAY=0
 *   BUG_RECEIPT_FIRST       a -DCR1=1 -DLOSS=0 -DREPLAY=0
 *   BUG_REFUSAL_IN_RECEIPT  a -DRS1=1 -DLOSS=0 -DREPLAY=0   refuser forgets, partner remembers
 *   BUG_NO_GUARD            a -DRS0=1 -DLOSS=0 -DREPLAY=0   write after rollback: fork
 *   BUG_ACK_IS_DONE         a (defaults)                    an ack, not the receipt, ends resending
 *   BUG_HELD_IS_DONE        a -DCR0=1 -DLOSS=0 -DREPLAY=0   equal sets = nothing to do: receipt never comes
 *   BUG_RECEIPT_BOUND       c -DCR0=1 -DLOSS=0 -DREPLAY=0   stored receipt of an earlier session ignored
 *   BUG_REJUDGE             a -DRS1=1 -DLOSS=0 -DREPLAY=0   recovered record judged again
 *   BUG_JUDGE_UNGUARDED     a -DRS1=1 -DLOSS=0 -DREPLAY=0   refusal written while the guard is armed: fork
 *   BUG_RECOVERY_ONCE       a -DRS1=1 -DCR0=1 -DLOSS=0 -DREPLAY=0  said in the first answer only: lost for good
 *   BUG_DIAL_FOR_WORK       a -DRS1=1 -DLOSS=0 -DREPLAY=0   dials only with something to send: a partner that
 *                                                           lost what it had receipted is never asked
 *   BUG_BACK_KEEPS          a -DBACK -DCR1=1 (quiet)        the back stream goes on in a new session, no summary
 *   BUG_BACK_UNASKED        a -DBACK -DRS0=1 (quiet)        a call lifts the guard of who is called: fork
 *   BUG_BACK_OLD            a -DBACK -DRS0=1 (quiet)        the caller takes data of its dead session
 *   BUG_BACK_FOR_WORK       a -DBACK -DCR0=1 (quiet)        who cannot be dialled calls only with something to send
 *   BUG_BAD_STOPS           a -DBAD=5 (quiet)               an unreadable one's position stays open: all behind it wait
 *   BUG_BAD_RECEIPTED       a -DBAD=5 (quiet)               and it has a receipt all the same: said held, and is not
 *   BUG_NOTICE_ONCE         c -DBAD=5 -DREPLAY=0            no Notice for a repetition: a lost one is not made good
 *   BUG_NOTICE_UNHEARD      c -DBAD=5 (quiet)               the sender goes on sending what nobody can read
 *   BUG_NOTICE_OLD          a -DBAD=5 -DRS0=1 (quiet)       a Notice of a dead session names another record's position
 *   BUG_NOTICE_FORGETS      a -DBAD=5 (quiet)               the sender throws away what was not taken
 *   BUG_STUCK_AGAIN         a -DBAD=5 -DFIX=1 (quiet)       tried again in the next session only: never, where none comes
 *   GEN_GUARD               holds: guard armed only where a generation outside the database is newer
 *   GEN_GUARD and MACHINE   a -DRS0=1 -DLOSS=0 -DREPLAY=0   whole machine rolled back, generation too
 *
 * Where the code says more or less than the model
 *   Own records come back in one step here; the code asks for them (Range), takes them (Return),
 *   and asks with its summary again before the guard lifts.
 *   The code signs the recovery statement and binds it to the handshake; here it is one bit.
 *   The code judges a record when it is first folded, which may be after it was taken.
 *   Receipts and acks are separate messages in the code; here acks are positions.
 *   A Deliver has one record here; in the code up to 1,024, and the others of it go again without it.
 *   A sender restored to when a record was stuck shows it as stuck, also where it was mended and taken
 *   since: until a person has it tried again.  So it is in the code.
 * Not modelled: bodies, seen and incomplete records, window counters, catalogue, several
 * institutions, and what is not built (erasure).
 */
#ifndef LOSS
#define LOSS 1
#endif
#ifndef REPLAY
#define REPLAY 1           /* copies or replays of openings */
#endif
#ifndef REHAND
#define REHAND 0           /* hourly new handshakes         */
#endif
#ifndef CR0
#define CR0 0
#endif
#ifndef CR1
#define CR1 0
#endif
#ifndef RS0
#define RS0 0              /* restores of node 0, node 1    */
#endif
#ifndef RS1
#define RS1 0
#endif
#ifndef T0
#define T0 2               /* user's records of node 0, 1   */
#endif
#ifndef T1
#define T1 1
#endif
#ifndef FIX
#define FIX 0              /* a person mends and tries again */
#endif
#define Q 4
#define GHOST 99           /* an opening taken when nobody waits for its answer: no frame of it can follow */
#define FINISH(d,x) (ph[d]==1 && ses[d]==(x) -> (x) : GHOST)

/* Is the stream of direction d carried by the session of the other direction? */
#ifdef BACK
#define CALLED(d) (d == 0)
#else
#define CALLED(d) false
#endif

/* Which records of node 0 node 1 cannot read. */
#ifdef BAD
#define UNREADABLE(d,rec) (d == 0 && ((rec) & BAD) && !mended)
#else
#define UNREADABLE(d,rec) false
#endif

/* durable, per node */
byte own[2]; byte oth[2];      /* own lane; the other's lane as held here        */
byte rc[2];                    /* own records with a receipt                     */
byte dctr[2]; byte rctr[2];    /* counter as dialler; highest seen as responder  */
bool voidd[2];                 /* BUG_REFUSAL_IN_RECEIPT only: local "void" mark */
byte stuck[2]; byte bstuck[2]; /* own records that the other could not read      */
byte bown[2]; byte both[2]; byte brc[2]; byte bdctr[2]; byte brctr[2]; bool bvoid[2]; bool bak[2];
/* volatile: dialler */
byte ses[2]; byte ph[2];       /* 0 none 1 opened 2 answered 3 reconciled        */
byte qu[2*Q]; byte qn[2]; byte done[2]; byte ok[2];
bool guard[2];
/* volatile: responder of direction d */
byte live[2]; byte pend[2]; byte nxt[2];
bool unseen[2];                /* per node: never asked with a set equal to its own */
/* the network, per direction */
byte qo[2]; byte qoc[2];       /* opening: session, counter                      */
byte qa[2]; byte qs[2]; byte qsv[2]; /* answer; stale answer and its value       */
byte sm[2]; byte smv[2];       /* summary: session, the dialler's set            */
byte sr[2]; byte srv[2]; bool srr[2]; /* its reply: session, the set, recovery    */
byte da[2*Q]; byte re[2];      /* data by position; receipts (set)               */
byte no[2];                    /* notice: the position, and one; of session ses[d] */
byte cap[2]; byte capc[2];     /* an opening the adversary keeps                 */
byte old[2];                   /* BUG_OLD_DATA: frames of dead sessions          */
byte fresh[2];                 /* BUG_RECEIPT_BOUND: first held in live session  */
byte first[2];                 /* BUG_RECEIPT_FIRST: receipt out, not committed  */
/* budgets and ghosts */
byte loss = LOSS; byte rep = REPLAY; byte reh = REHAND; byte cr[2]; byte rs[2];
byte fix = FIX; bool mended; byte wrote[2];
byte sub[2]; byte sctr[2]; byte ever[2]; bool acc; byte i; byte r; byte t; byte w;

#define FORK(s)  (((s)&3)==3 || ((s)&12)==12)
#define NEXT(s)  (((s)&3)==0 -> 0 : (((s)&12)==0 -> 1 : 2))
#define REFUSED(s) (((s)&10)!=0)                     /* text 1 in lane 1 = the refusal */
#ifdef BUG_NO_GUARD
#define MAY(n) true
#else
#define MAY(n) (!guard[n])
#endif
#ifdef BUG_JUDGE_UNGUARDED
#define CREDIT(n) true
#else
#define CREDIT(n) MAY(n)
#endif
#ifdef BAD
#define APART true
#else
#define APART false
#endif
inline safety() {
    assert(!FORK(own[0]) && !FORK(oth[0]) && !FORK(own[1]) && !FORK(oth[1]));
    assert(rs[1] < RS1 || (rc[0] & ~oth[1]) == 0);   /* receipted => held there     */
    assert(rs[0] < RS0 || (rc[1] & ~oth[0]) == 0);
    assert(APART || !(oth[1]&12) || (oth[1]&3)); assert(!(oth[0]&12) || (oth[0]&3)) } /* lane order */

inline write(n, text) {                              /* the next index of the own lane */
    t = NEXT(own[n]); assert(t < 2); r = 1 << (2*t + text); own[n] = own[n] | r;
    wrote[n] = wrote[n] | r;
    if :: (ph[n] == 3) -> qu[n*Q+qn[n]] = r; qn[n]++ :: else fi; r = 0; t = 0 }
#ifdef BUG_BACK_OLD
#define STREWN
#else
#define STREWN for (i : 0 .. Q-1) { da[i] = 0 }; i = 0;
#endif
#ifdef BACK
/* The caller's session ends: what came back on it counts no more. */
#define HANGUP(d) if :: (d == 1) -> live[0] = 0; nxt[0] = 0; fresh[0] = 0; STREWN :: else fi
/* The caller has the answer: from now on it takes what comes back. */
#define HEARS(d) if :: (d == 1) -> live[0] = ses[1]; nxt[0] = 0 :: else fi;
/* The called node has the first frame of a new session: its stream begins anew. */
#ifdef BUG_BACK_KEEPS
#define RINGS(d) if :: (d == 1) -> if :: (ph[0] == 3) -> ses[0] = live[1] :: else -> dropses(0); ses[0] = live[1]; ph[0] = 2 fi :: else fi;
#else
#ifdef BUG_BACK_UNASKED
#define RINGS(d) if :: (d == 1) -> dropses(0); ses[0] = live[1]; ph[0] = 2; guard[0] = false :: else fi;
#else
#define RINGS(d) if :: (d == 1) -> dropses(0); ses[0] = live[1]; ph[0] = 2 :: else fi;
#endif
#endif
/* The caller is silent. */
#define WAITS(d) if :: (d == 0) -> live[1] = 0; nxt[1] = 0; fresh[1] = 0; dropdata(1) :: else fi;
#else
#define HANGUP(d)
#define HEARS(d)
#define RINGS(d)
#define WAITS(d)
#endif
#ifdef BUG_NOTICE_OLD
#define UNNOTED(d)
#else
#define UNNOTED(d) no[d] = 0;
#endif
inline dropses(d) { ses[d] = 0; ph[d] = 0; qn[d] = 0; done[d] = 0; ok[d] = 0; re[d] = 0; fresh[d] = 0;
    sr[d] = 0; srv[d] = 0; srr[d] = false; qa[d] = 0; qs[d] = 0; qsv[d] = 0; for (i : 0 .. Q-1) { qu[d*Q+i] = 0 }; i = 0;
    UNNOTED(d) HANGUP(d) }
inline dropdata(d) { for (i : 0 .. Q-1) {
#ifdef BUG_OLD_DATA
        old[d] = old[d] | (da[d*Q+i] & 15);
#endif
        da[d*Q+i] = 0 }; i = 0 }
inline opening(d, e, x, c) {                         /* at the responder e */
    if
    :: (c > rctr[e]) -> rctr[e] = c; if :: (x != GHOST) -> qa[d] = x :: else fi;
#ifdef BUG_EAGER_OPEN
        assert(live[d] == 0 || x == ses[d]);         /* a stranger's copy ends a live session */
        dropdata(d); live[d] = x; nxt[d] = 0
#else
        pend[d] = x
#endif
    :: else -> if :: (ses[d] == x && ph[d] == 1 && qa[d] != x) -> qs[d] = x; qsv[d] = rctr[e] :: else fi
    fi }
inline reconcile(d, set, granted) {                  /* at the dialler */
#ifndef BUG_NO_SUMMARY
    own[d] = own[d] | set;                           /* own records come back          */
#ifdef BUG_HELD_IS_DONE
    t = own[d] & ~set;                               /* "send what the other lacks"    */
#else
    t = own[d] & ~rc[d];
    if :: (granted) -> t = t | (own[d] & ~set) :: else fi;
#endif
#else
    t = own[d] & ~rc[d];
#endif
    t = t & ~stuck[d];
    for (i : 0 .. 3) { if :: (t & (1<<i)) -> qu[d*Q+qn[d]] = 1<<i; qn[d]++ :: else fi };
    i = 0; t = 0; ph[d] = 3; guard[d] = false; safety() }
inline judge() {                                     /* node 1, inside the commit */
    if
    :: REFUSED(own[1])                               /* its own lane says so already   */
    :: else ->
        if
        :: acc = true                                /* accepting leaves no record     */
        :: assert(!acc);                             /* never accepted, then refused   */
#ifdef BUG_REFUSAL_IN_RECEIPT
           voidd[1] = true
#else
           r = 0; write(1, 1)
#endif
        fi
    fi }
inline commit(d, e, rec, proved) {                   /* one transaction at the responder */
    if
    :: (e == 1 && (rec & 3) && (oth[e] & rec) == 0) ->
        if
#ifndef BUG_REJUDGE
        :: (proved)                                  /* its own receipt was shown      */
        :: !(proved) -> acc = false; judge()
#else
        :: true -> judge()
#endif
        fi
    :: else
    fi;
#ifdef BUG_RECEIPT_BOUND
    if :: ((oth[e] & rec) == 0) -> fresh[d] = fresh[d] | rec :: else fi;
    if :: (ses[d] == live[d] && (fresh[d] & rec)) -> re[d] = re[d] | rec :: else fi;
#else
    if :: (ses[d] == live[d]) -> re[d] = re[d] | rec :: else fi;
#endif
    oth[e] = oth[e] | rec; safety() }
#ifdef BUG_ACK_IS_DONE
#define OPEN(d,p) (p >= done[d] && !(live[d] == ses[d] && p < nxt[d]))
#else
#define OPEN(d,p) (p >= done[d])
#endif
#define PROOF(d,rec) ((rc[d] & (rec)) -> 16 : 0)
/* What node e does with an unreadable record at a position that it may take. */
#ifdef BUG_BAD_STOPS
#define COUNTS(d,p)
#else
#define COUNTS(d,p) if :: (p == nxt[d]) -> nxt[d]++ :: else fi;
#endif
#ifdef BUG_NOTICE_ONCE
#define TELLS(d,p) (p == nxt[d])
#else
#define TELLS(d,p) true
#endif
#ifdef BUG_BAD_RECEIPTED
#define NOTE(d,p) COUNTS(d,p) re[d] = re[d] | (w & 15)
#else
#define NOTE(d,p) if :: (TELLS(d,p) && ses[d]==live[d]) -> no[d] = p + 1 :: else fi; COUNTS(d,p)
#endif
/* What the sender does with a Notice. */
#ifdef BUG_NOTICE_UNHEARD
#define STICK(d)
#else
#ifdef BUG_NOTICE_FORGETS
#define STICK(d) own[d] = own[d] & ~r; ok[d] = ok[d] | r;
#else
#define STICK(d) stuck[d] = stuck[d] | r; ok[d] = ok[d] | r;
#endif
#endif
#ifdef BUG_STUCK_AGAIN
#define REQUEUE(d)
#else
#define REQUEUE(d) if :: (ph[d]==3) -> ok[d] = ok[d] & ~stuck[d]; qu[d*Q+qn[d]] = stuck[d]; qn[d]++ :: else fi;
#endif
#ifdef BAD
#define NOTICES(d) \
    :: atomic { (no[d] && ph[d]==3) -> r = qu[d*Q+no[d]-1]; no[d] = 0; STICK(d) r = 0; \
        do :: (done[d] < qn[d] && (ok[d] & qu[d*Q+done[d]])) -> done[d]++ :: else -> break od; safety() } \
    :: atomic { (loss && no[d]) -> loss--; no[d] = 0 } \
    :: atomic { (fix && stuck[d] && !no[d]) -> fix--; mended = true; REQUEUE(d) stuck[d] = 0 }
#else
#define NOTICES(d)
#endif
#define SEND(d,p) :: atomic { (ph[d]==3 && live[d]==ses[d] && p < qn[d] && OPEN(d,p) && da[d*Q+p]==0 \
        && (re[d] & qu[d*Q+p])==0 && no[d] != p + 1 && (ok[d] & qu[d*Q+p])==0) -> \
        da[d*Q+p] = qu[d*Q+p] | PROOF(d, qu[d*Q+p]) }
#define TAKE(d,e,p) :: atomic { (live[d] && da[d*Q+p] && p <= nxt[d] && CREDIT(e)) -> w = da[d*Q+p]; da[d*Q+p] = 0; \
        if :: (UNREADABLE(d, w)) -> NOTE(d,p) \
           :: else -> if :: (p == nxt[d]) -> nxt[d]++ :: else fi; \
              first[d] = first[d] & ~w; commit(d,e,w & 15,w & 16) fi; w = 0 }
#define LOSE(d,p) :: atomic { (loss && da[d*Q+p]) -> loss--; da[d*Q+p] = 0 }
#ifdef BUG_DIAL_FOR_WORK
#define DIALS(d) (guard[d] || (own[d] & ~rc[d]))
#else
#ifdef BUG_BACK_FOR_WORK
#define DIALS(d) (!CALLED(d) && (guard[d] || (own[d] & ~rc[d])))
#else
#define DIALS(d) (!CALLED(d))
#endif
#endif
#define EQUAL(d,e) if :: (smv[d]==oth[e]) -> unseen[e] = false :: else fi;
#ifdef BUG_RECOVERY_ONCE
#define ONCE(e) unseen[e] = false;
#else
#define ONCE(e)
#endif
/* everything node d does as a dialler, and node e as its responder */
#define DIRECTION(d,e,texts) \
    :: atomic { (sub[d] < texts && MAY(d)) -> write(d, sub[d]); sub[d]++; safety() } \
    :: atomic { (ph[d]==0 && ses[d]==0 && DIALS(d)) -> sctr[d]++; ses[d] = sctr[d]; dctr[d]++; ph[d] = 1; \
        qo[d] = ses[d]; qoc[d] = dctr[d]; \
        if :: (rep && !cap[d]) -> cap[d] = ses[d]; capc[d] = dctr[d] :: true fi } \
    :: atomic { (qo[d]) -> r = FINISH(d,qo[d]); t = qoc[d]; qo[d] = 0; qoc[d] = 0; opening(d,e,r,t); r = 0; t = 0 } \
    :: atomic { (rep && cap[d]) -> rep--; r = FINISH(d,cap[d]); opening(d,e,r,capc[d]); r = 0 } \
    :: atomic { (qa[d] && qa[d]==ses[d] && ph[d]==1) -> qa[d] = 0; qs[d] = 0; qsv[d] = 0; ph[d] = 2; HEARS(d) } \
    :: atomic { (qs[d] && qs[d]==ses[d] && ph[d]==1) -> t = qsv[d]; dropses(d); \
        if :: (t > dctr[d]) -> dctr[d] = t :: else fi; t = 0 } \
    :: atomic { (ph[d]==2 && sm[d]!=ses[d] && sr[d]!=ses[d] && (pend[d]==ses[d] || live[d]==ses[d])) -> sm[d] = ses[d]; smv[d] = own[d] } \
    :: atomic { (sm[d] && (sm[d]==pend[d] || sm[d]==live[d])) -> \
        if :: (sm[d]==pend[d]) -> dropdata(d); live[d] = pend[d]; pend[d] = 0; nxt[d] = 0; fresh[d] = 0; RINGS(d) :: else fi; \
        EQUAL(d,e) if :: (sm[d]==ses[d]) -> sr[d] = sm[d]; srv[d] = oth[e]; srr[d] = unseen[e] :: else fi; \
        ONCE(e) sm[d] = 0; smv[d] = 0 } \
    :: atomic { (sr[d] && sr[d]==ses[d] && ph[d]==2) -> r = srv[d]; w = srr[d]; \
        sr[d] = 0; srv[d] = 0; srr[d] = false; reconcile(d,r,w); r = 0; w = 0 } \
    SEND(d,0) SEND(d,1) SEND(d,2) SEND(d,3) TAKE(d,e,0) TAKE(d,e,1) TAKE(d,e,2) TAKE(d,e,3) \
    :: atomic { (re[d] && ph[d]==3) -> rc[d] = rc[d] | re[d]; ok[d] = ok[d] | re[d]; ever[d] = ever[d] | re[d]; \
        VOIDNOTE(d) re[d] = 0; \
        do :: (done[d] < qn[d] && (ok[d] & qu[d*Q+done[d]])) -> done[d]++ :: else -> break od; safety() } \
    /* time-out: opening or answer lost, or the responder no longer knows the session */ \
    :: atomic { (ph[d]==1 && qo[d]!=ses[d] && qa[d]!=ses[d] && qs[d]!=ses[d]) -> dropses(d) } \
    :: atomic { (ph[d]>=2 && live[d]!=ses[d] && (ph[d]==3 || pend[d]!=ses[d])) -> dropses(d); WAITS(d) } \
    :: atomic { (reh && ph[d]==3 && !CALLED(d)) -> reh--; dropses(d) } \
    /* losses */ \
    :: atomic { (loss && qo[d]) -> loss--; qo[d] = 0; qoc[d] = 0 } \
    :: atomic { (loss && qa[d]) -> loss--; qa[d] = 0 } \
    :: atomic { (loss && sm[d]) -> loss--; sm[d] = 0; smv[d] = 0 } \
    :: atomic { (loss && sr[d]) -> loss--; sr[d] = 0; srv[d] = 0; srr[d] = false } \
    :: atomic { (loss && re[d]) -> loss--; re[d] = 0 } \
    LOSE(d,0) LOSE(d,1) NOTICES(d) OLD(d,e) FIRST(d,e)

#ifdef BUG_REFUSAL_IN_RECEIPT
#define VOIDNOTE(d) if :: (d==0 && voidd[1]) -> voidd[0] = true :: else fi;
#else
#define VOIDNOTE(d)
#endif
#ifdef BUG_OLD_DATA
#define OLD(d,e) :: atomic { (live[d] && old[d]) -> w = old[d]; old[d] = 0; commit(d,e,w,false); w = 0 }
#else
#define OLD(d,e)
#endif
#ifdef BUG_RECEIPT_FIRST
#define FIRST(d,e) :: atomic { (live[d] && live[d]==ses[d] && nxt[d] < Q && da[d*Q+nxt[d]] && !first[d]) -> \
        first[d] = da[d*Q+nxt[d]] & 15; re[d] = re[d] | first[d] }
#else
#define FIRST(d,e)
#endif

inline stop(n, o) {                                  /* all volatile state of node n; o = the other */
    dropses(n); live[o] = 0; pend[o] = 0; nxt[o] = 0; fresh[o] = 0; first[o] = 0; dropdata(o);
#ifndef GEN_GUARD
    guard[n] = true;
#endif
    unseen[n] = true;
    if :: true                                       /* frames in flight arrive all the same, or die */
       :: (re[o]) -> re[o] = 0
       :: (sm[n] || qo[n]) -> sm[n] = 0; smv[n] = 0; qo[n] = 0; qoc[n] = 0
    fi }
#define FAULTS(n,o) \
    :: atomic { (cr[n]) -> cr[n]--; stop(n,o) } \
    :: atomic { (rs[n] && !bak[n]) -> bak[n] = true; bown[n] = own[n]; both[n] = oth[n]; brc[n] = rc[n]; \
        bdctr[n] = dctr[n]; brctr[n] = rctr[n]; bvoid[n] = voidd[n]; bstuck[n] = stuck[n] } \
    :: atomic { (rs[n] && bak[n]) -> rs[n]--; own[n] = bown[n]; oth[n] = both[n]; rc[n] = brc[n]; \
        dctr[n] = bdctr[n]; rctr[n] = brctr[n]; voidd[n] = bvoid[n]; stuck[n] = bstuck[n]; \
        stop(n,o); ROLLED(n) \
        bak[n] = false; bown[n] = 0; both[n] = 0; brc[n] = 0; bdctr[n] = 0; brctr[n] = 0; bvoid[n] = false; bstuck[n] = 0 }
#ifdef MACHINE
#define ROLLED(n)
#else
#define ROLLED(n) guard[n] = true;
#endif

active proctype System() {
    atomic { cr[0] = CR0; cr[1] = CR1; rs[0] = RS0; rs[1] = RS1;
#ifndef GEN_GUARD
        guard[0] = true; guard[1] = true;
#endif
        unseen[0] = true; unseen[1] = true
    }
    do
    DIRECTION(0,1,T0)
    DIRECTION(1,0,T1)
    FAULTS(0,1)
    FAULTS(1,0)
    :: timeout -> break                              /* quiescence */
    od;
    atomic {
        assert(own[0] == (oth[1] | stuck[0]) && own[1] == oth[0]); /* both views equal          */
        assert(rc[0] == (own[0] & ~stuck[0]) && rc[1] == own[1]); /* nothing without its receipt */
        assert(UNREADABLE(0, stuck[0]) || !stuck[0] || (mended && RS0));  /* only what is unreadable */
        assert(RS0 || !(oth[1] & stuck[0]));
        assert(RS0 || (wrote[0] & ~own[0]) == 0);                /* and none thrown away        */
        assert(!guard[0] && !guard[1]);
        assert(sub[0] == T0 && sub[1] == T1);                    /* the guard blocks nobody for ever */
        assert((ever[0] & ~oth[1]) == 0 && (ever[1] & ~oth[0]) == 0); /* receipted is never lost    */
        assert(voidd[0] == voidd[1])                             /* refusal known on both sides */
    }
}