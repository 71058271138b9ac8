# The session is replaced in the middle of a delivery: its stream begins anew, with a summary. What a
# dead session carried counts no more, though its sender is the same.
qmu.kz calls out
nodes helmo.be qmu.kz
settle
drop every ack from qmu.kz to helmo.be
drop every receipt from qmu.kz to helmo.be
helmo.be nominates A1..A5 to qmu.kz
run 50ms
expect A1..A5 pending at qmu.kz
expect outbox 5 at helmo.be
keep next deliver from helmo.be to qmu.kz
helmo.be nominates A6 to qmu.kz
run 50ms
drop nothing
qmu.kz stops
qmu.kz starts
run 12ms
replay
settle within 1s
expect records 6 at qmu.kz
expect resends 0 at helmo.be
# an opening alone ends nothing: the frames behind it never come
drop every hello from qmu.kz to helmo.be
drop every summary from qmu.kz to helmo.be
qmu.kz stops
helmo.be nominates A7 to qmu.kz
qmu.kz starts
run 1s
drop nothing
settle within 30s
expect A1..A7 pending at both
expect same
--
     0.010  qmu.kz        . session to node.helmo.be opened
     0.015  helmo.be      . session from node.qmu.kz is live
     0.020  qmu.kz          helmo.be: write guard lifted, both hold the same
     0.025  helmo.be        qmu.kz: write guard lifted, both hold the same
     0.030  helmo.be      > A1..A5: 5 kept, 0 wait for the guard
     0.035  qmu.kz        . records from helmo.be: 1 new, 0 repeated (5 times)
     0.080  helmo.be      > A6: kept
     0.085  qmu.kz        . records from helmo.be: 1 new, 0 repeated
     0.140  qmu.kz        . session to node.helmo.be opened
     0.145  helmo.be      . session from node.qmu.kz is live
     0.150  qmu.kz          helmo.be: write guard lifted, both hold the same
     0.160  qmu.kz        . records from helmo.be: 0 new, 1 repeated (6 times)
     0.165  helmo.be      . receipt from qmu.kz: 5 delivered, 0 known
     0.165  helmo.be      . receipt from qmu.kz: 1 delivered, 0 known
     0.165  helmo.be      > A7: kept
     0.175  qmu.kz        . session to node.helmo.be opened
     1.180  helmo.be      . session from node.qmu.kz is live
     2.185  qmu.kz          helmo.be: write guard lifted, both hold the same
     2.195  qmu.kz        . records from helmo.be: 1 new, 0 repeated
     2.200  helmo.be      . receipt from qmu.kz: 1 delivered, 0 known
