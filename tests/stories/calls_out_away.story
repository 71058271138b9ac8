# While it is away nothing is tried: what there is for it waits for its call, and goes with the first
# one. Its partner may fall and rise meanwhile.
qmu.kz calls out
nodes helmo.be qmu.kz
settle
qmu.kz nominates B to helmo.be
settle
qmu.kz stops
helmo.be nominates A1..A5 to qmu.kz
helmo.be accepts B
run 1h
# no timer ran: one go-back or two before the silence was noticed, and not one more
expect resends 24 at helmo.be
expect outbox 6 at helmo.be
qmu.kz starts
settle within 1s
helmo.be stops
helmo.be starts
# it notices by its pings that the process is another one, and calls
settle within 30s
expect armed 0 at helmo.be
expect A1..A5 pending at both
expect B accepted at both
expect same
--
     0.010  qmu.kz        . session to node.helmo.be opened
     0.015  helmo.be      . session from node.qmu.kz is live
     0.020  qmu.kz          helmo.be: write guard lifted, both hold the same
     0.025  helmo.be        qmu.kz: write guard lifted, both hold the same
     0.030  qmu.kz        > B: kept
     0.035  helmo.be      . records from qmu.kz: 1 new, 0 repeated
     0.040  qmu.kz        . receipt from helmo.be: 1 delivered, 0 known
     0.040  helmo.be      > A1..A5: 5 kept, 0 wait for the guard
     0.040  helmo.be      > B: kept
     2.040  helmo.be      . qmu.kz is silent about 6 records: sent again
     6.040  helmo.be      . qmu.kz is silent about 6 records: sent again
    14.040  helmo.be      . qmu.kz is silent about 6 records: sent again
    30.040  helmo.be      . qmu.kz is silent about 6 records: sent again
    45.035  helmo.be        node.qmu.kz is silent: what there is for it waits for its call
  3600.050  qmu.kz        . session to node.helmo.be opened
  3600.055  helmo.be      . session from node.qmu.kz is live
  3600.060  qmu.kz          helmo.be: write guard lifted, both hold the same
  3600.080  qmu.kz        . records from helmo.be: 1 new, 0 repeated (6 times)
  3600.085  helmo.be      . receipt from qmu.kz: 6 delivered, 0 known
  3618.080  qmu.kz          node.helmo.be does not answer: kept, tried again by itself
  3618.323  qmu.kz        . session to node.helmo.be opened
  3618.328  helmo.be      . session from node.qmu.kz is live
  3618.338  helmo.be        qmu.kz: write guard lifted, both hold the same
