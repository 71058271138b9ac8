# The line of a caller was cut for hours: however long it tried in vain, it calls again within five
# minutes, for nobody else can.
qmu.kz calls out
nodes helmo.be qmu.kz
settle
cut helmo.be qmu.kz
run 1s
helmo.be nominates A to qmu.kz
run 12h
expect outbox 1 at helmo.be
mend helmo.be qmu.kz
settle within 5m
expect A pending at both
expect same
--
     0.010  qmu.kz        . session to node.helmo.be opened
     0.015  helmo.be      . session from node.qmu.kz is live
     0.020  qmu.kz          helmo.be: write guard lifted, both hold the same
     0.025  helmo.be        qmu.kz: write guard lifted, both hold the same
     1.030  helmo.be      > A: kept
     3.030  helmo.be      . qmu.kz is silent about 1 records: sent again
     7.030  helmo.be      . qmu.kz is silent about 1 records: sent again
    15.030  helmo.be      . qmu.kz is silent about 1 records: sent again
    18.030  qmu.kz          node.helmo.be does not answer: kept, tried again by itself
    31.030  helmo.be      . qmu.kz is silent about 1 records: sent again
    45.025  helmo.be        node.qmu.kz is silent: what there is for it waits for its call
 43297.017  qmu.kz        . session to node.helmo.be opened
 43297.022  helmo.be      . session from node.qmu.kz is live
 43297.047  qmu.kz        . records from helmo.be: 1 new, 0 repeated
 43297.052  helmo.be      . receipt from qmu.kz: 1 delivered, 0 known
