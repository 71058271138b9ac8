# Nobody can dial qmu.kz: what there is for it goes back on the session that it dials. The guards of
# both lift; decisions, corrections and transcripts go in both directions, and nothing is left over.
qmu.kz calls out
nodes helmo.be qmu.kz
settle
expect armed 0 at helmo.be
expect armed 0 at qmu.kz
helmo.be nominates A1..A3 to qmu.kz
qmu.kz nominates B1..B3 to helmo.be
settle within 1s
qmu.kz accepts A1..A3
helmo.be accepts B1
helmo.be refuses B2
settle within 1s
helmo.be amends A1 email
qmu.kz amends B1 field
settle within 1s
helmo.be accepts B1
qmu.kz issues A1..A2
helmo.be issues B1
settle within 1s
# it stays, so that what comes later needs no call
run 3h
helmo.be nominates A4 to qmu.kz
settle within 1s
expect A1 transcript at both
expect B1 transcript at both
expect B2 refused at both
expect A4 pending at both
expect resends 0 at helmo.be
expect same
--
     0.010  qmu.kz        . session to node.helmo.be opened
     0.015  helmo.be      . session from node.qmu.kz is live
     0.020  qmu.kz          helmo.be: write guard lifted, both hold the same
     0.025  helmo.be        qmu.kz: write guard lifted, both hold the same
     0.030  helmo.be      > A1..A3: 3 kept, 0 wait for the guard
     0.030  qmu.kz        > B1..B3: 3 kept, 0 wait for the guard
     0.035  qmu.kz        . records from helmo.be: 1 new, 0 repeated
     0.035  helmo.be      . records from qmu.kz: 1 new, 0 repeated (2 times)
     0.035  qmu.kz        . records from helmo.be: 1 new, 0 repeated
     0.035  helmo.be      . records from qmu.kz: 1 new, 0 repeated
     0.035  qmu.kz        . records from helmo.be: 1 new, 0 repeated
     0.040  helmo.be      . receipt from qmu.kz: 1 delivered, 0 known
     0.040  qmu.kz        . receipt from helmo.be: 2 delivered, 0 known
     0.040  qmu.kz        . receipt from helmo.be: 1 delivered, 0 known
     0.040  helmo.be      . receipt from qmu.kz: 1 delivered, 0 known (2 times)
     0.040  qmu.kz        > A1..A3: 3 kept, 0 wait for the guard
     0.040  helmo.be      > B1: kept
     0.040  helmo.be      > B2: kept
     0.045  qmu.kz        . records from helmo.be: 1 new, 0 repeated
     0.045  helmo.be      . records from qmu.kz: 1 new, 0 repeated (2 times)
     0.045  qmu.kz        . records from helmo.be: 1 new, 0 repeated
     0.045  helmo.be      . records from qmu.kz: 1 new, 0 repeated
     0.050  helmo.be      . receipt from qmu.kz: 1 delivered, 0 known
     0.050  qmu.kz        . receipt from helmo.be: 2 delivered, 0 known
     0.050  helmo.be      . receipt from qmu.kz: 1 delivered, 0 known
     0.050  qmu.kz        . receipt from helmo.be: 1 delivered, 0 known
     0.050  helmo.be      > A1: kept
     0.050  qmu.kz        > B1: kept
     0.055  helmo.be      . records from qmu.kz: 1 new, 0 repeated
     0.055  qmu.kz        . records from helmo.be: 1 new, 0 repeated
     0.060  helmo.be      . receipt from qmu.kz: 1 delivered, 0 known
     0.060  qmu.kz        . receipt from helmo.be: 1 delivered, 0 known
     0.060  helmo.be      > B1: kept
     0.060  qmu.kz        > A1..A2: 2 kept, 0 wait for the guard
     0.060  helmo.be      > B1: kept
     0.065  helmo.be      . records from qmu.kz: 1 new, 0 repeated
     0.065  qmu.kz        . records from helmo.be: 1 new, 0 repeated
     0.065  helmo.be      . records from qmu.kz: 1 new, 0 repeated
     0.065  qmu.kz        . records from helmo.be: 1 new, 0 repeated
     0.070  qmu.kz        . receipt from helmo.be: 1 delivered, 0 known
     0.070  helmo.be      . receipt from qmu.kz: 1 delivered, 0 known
     0.070  qmu.kz        . receipt from helmo.be: 1 delivered, 0 known
     0.070  helmo.be      . receipt from qmu.kz: 1 delivered, 0 known
  3600.020  qmu.kz        . session to node.helmo.be opened
  3600.025  helmo.be      . session from node.qmu.kz is live
  7200.030  qmu.kz        . session to node.helmo.be opened
  7200.035  helmo.be      . session from node.qmu.kz is live
 10800.040  qmu.kz        . session to node.helmo.be opened
 10800.045  helmo.be      . session from node.qmu.kz is live
 10800.070  helmo.be      > A4: kept
 10800.075  qmu.kz        . records from helmo.be: 1 new, 0 repeated
 10800.080  helmo.be      . receipt from qmu.kz: 1 delivered, 0 known
