# The sender behind the back direction goes back to a backup: it learns from its caller what it had
# said, and writes nothing before. Then the caller goes back to one: it signs for what it lost.
qmu.kz calls out
nodes helmo.be qmu.kz
settle
helmo.be nominates A to qmu.kz
qmu.kz nominates B to helmo.be
settle
helmo.be backs up
qmu.kz backs up
helmo.be nominates C1..C3 to qmu.kz
helmo.be accepts B
settle
qmu.kz accepts C1
settle
helmo.be stops
helmo.be restores
helmo.be amends A email
expect ready 1 at helmo.be
settle within 30s
expect recovered 5 at helmo.be
expect C1 accepted at both
expect B accepted at both
expect A pending at both
expect A records 2 at qmu.kz
expect same
qmu.kz stops
qmu.kz restores
settle within 5s
expect recovered 6 at qmu.kz
expect C1 accepted at both
expect B accepted at both
expect C2..C3 pending at both
expect same
--
     0.010  qmu.kz        . session to node.helmo.be opened
     0.015  helmo.be      . session from node.qmu.kz is live
     0.020  qmu.kz          helmo.be: write guard lifted, both hold the same
     0.025  helmo.be        qmu.kz: write guard lifted, both hold the same
     0.030  helmo.be      > A: kept
     0.030  qmu.kz        > B: kept
     0.035  qmu.kz        . records from helmo.be: 1 new, 0 repeated
     0.035  helmo.be      . records from qmu.kz: 1 new, 0 repeated
     0.040  qmu.kz        . receipt from helmo.be: 1 delivered, 0 known
     0.040  helmo.be      . receipt from qmu.kz: 1 delivered, 0 known
     0.040  helmo.be      > C1..C3: 3 kept, 0 wait for the guard
     0.040  helmo.be      > B: kept
     0.045  qmu.kz        . records from helmo.be: 1 new, 0 repeated (4 times)
     0.050  helmo.be      . receipt from qmu.kz: 4 delivered, 0 known
     0.050  qmu.kz        > C1: kept
     0.055  helmo.be      . records from qmu.kz: 1 new, 0 repeated
     0.060  qmu.kz        . receipt from helmo.be: 1 delivered, 0 known
     0.060  helmo.be      > A: kept, waits for the guard
    18.060  qmu.kz          node.helmo.be does not answer: kept, tried again by itself
    18.302  qmu.kz        . session to node.helmo.be opened
    18.307  helmo.be      . session from node.qmu.kz is live
    18.322  qmu.kz        ! helmo.be lost 1 records that it had receipted: sent again, as it signed for
    18.327  helmo.be      ! qmu.kz holds 4 records of ours that are not here: asked back
    18.332  qmu.kz        ! helmo.be lost records of its own and signed for them: given back
    18.347  helmo.be        qmu.kz: write guard lifted, both hold the same
    18.352  qmu.kz        . records from helmo.be: 0 new, 1 repeated (4 times)
    18.352  qmu.kz        . records from helmo.be: 1 new, 0 repeated
    18.357  helmo.be      . receipt from qmu.kz: 1 delivered, 0 known
    18.357  helmo.be      . receipt from qmu.kz: 4 delivered, 0 known
    18.357  helmo.be      . records from qmu.kz: 1 new, 0 repeated
    18.362  qmu.kz        . receipt from helmo.be: 1 delivered, 0 known
    18.372  qmu.kz        . session to node.helmo.be opened
    18.377  helmo.be      . session from node.qmu.kz is live
    18.392  qmu.kz        ! helmo.be holds 1 records of ours that are not here: asked back
    18.397  helmo.be      ! qmu.kz lost records of its own and signed for them: given back
    18.397  helmo.be      ! qmu.kz lost 5 records that it had receipted: sent again, as it signed for
    18.412  qmu.kz          helmo.be: write guard lifted, both hold the same
    18.417  helmo.be      . records from qmu.kz: 0 new, 1 repeated
    18.422  qmu.kz        . receipt from helmo.be: 1 delivered, 0 known
    18.422  qmu.kz        . records from helmo.be: 1 new, 0 repeated (5 times)
    18.427  helmo.be      . receipt from qmu.kz: 5 delivered, 0 known
