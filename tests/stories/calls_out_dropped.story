# The way back loses frames without a word: what was pushed on it is gone back to within the session.
qmu.kz calls out
nodes helmo.be qmu.kz
# the caller's guard lifts later than ours, and the credit that it gives then is lost: its next ping
# repeats it
drop next summary from helmo.be to qmu.kz
drop every ack from qmu.kz to helmo.be
run 3s
drop nothing
expect armed 0 at qmu.kz
expect armed 0 at helmo.be
helmo.be nominates A to qmu.kz
settle within 20s
expect resends 0 at helmo.be
drop deliver number 2 from helmo.be to qmu.kz
helmo.be nominates A1..A4 to qmu.kz
settle within 5s
drop next receipt from qmu.kz to helmo.be
drop next ack from qmu.kz to helmo.be
helmo.be nominates A5 to qmu.kz
settle within 5s
drop next receipt from helmo.be to qmu.kz
qmu.kz accepts A1
settle within 5s
drop next ack from qmu.kz to helmo.be
helmo.be nominates A6 to qmu.kz
run 20s
network delay 20ms jitter 30ms loss 2% duplicate 5% reorder 5%
helmo.be nominates S1..S30 to qmu.kz
qmu.kz nominates T1..T30 to helmo.be
settle within 5m
network delay 5ms
settle
expect A1 accepted at both
expect S1..S30 pending at both
expect T1..T30 pending at both
expect same
--
     0.010  qmu.kz        . session to node.helmo.be opened
     0.015  helmo.be      . session from node.qmu.kz is live
     0.025  helmo.be        qmu.kz: write guard lifted, both hold the same
     2.020  qmu.kz          helmo.be: write guard lifted, both hold the same
     3.000  helmo.be      > A: kept
    17.040  qmu.kz        . records from helmo.be: 1 new, 0 repeated
    17.045  helmo.be      . receipt from qmu.kz: 1 delivered, 0 known
    17.045  helmo.be      > A1..A4: 4 kept, 0 wait for the guard
    17.050  qmu.kz        . records from helmo.be: 1 new, 0 repeated
    17.055  helmo.be      . receipt from qmu.kz: 1 delivered, 0 known
    19.055  helmo.be      . qmu.kz is silent about 3 records: sent again
    19.060  qmu.kz        . records from helmo.be: 1 new, 0 repeated (3 times)
    19.065  helmo.be      . receipt from qmu.kz: 3 delivered, 0 known
    19.065  helmo.be      > A5: kept
    19.070  qmu.kz        . records from helmo.be: 1 new, 0 repeated
    21.065  helmo.be      . qmu.kz is silent about 1 records: sent again
    21.070  qmu.kz        . records from helmo.be: 0 new, 1 repeated
    21.075  helmo.be      . receipt from qmu.kz: 1 delivered, 0 known
    21.075  qmu.kz        > A1: kept
    21.080  helmo.be      . records from qmu.kz: 1 new, 0 repeated
    23.085  qmu.kz        . helmo.be is silent about 1 records: sent again
    23.090  helmo.be      . records from qmu.kz: 0 new, 1 repeated
    23.095  qmu.kz        . receipt from helmo.be: 1 delivered, 0 known
    23.095  helmo.be      > A6: kept
    23.100  qmu.kz        . records from helmo.be: 1 new, 0 repeated
    23.105  helmo.be      . receipt from qmu.kz: 1 delivered, 0 known
    25.105  helmo.be      . qmu.kz is silent about 0 records: sent again
    25.110  qmu.kz        . records from helmo.be: 0 new, 1 repeated
    25.115  helmo.be      . receipt from qmu.kz: 0 delivered, 1 known
    43.095  helmo.be      > S1..S30: 30 kept, 0 wait for the guard
    43.095  qmu.kz        > T1..T30: 30 kept, 0 wait for the guard
    43.125  helmo.be      . records from qmu.kz: 1 new, 0 repeated
    43.134  helmo.be      . records from qmu.kz: 1 new, 0 repeated (5 times)
    43.143  helmo.be      . records from qmu.kz: 1 new, 0 repeated (8 times)
    43.144  qmu.kz        . records from helmo.be: 1 new, 0 repeated (6 times)
    43.145  helmo.be      . records from qmu.kz: 1 new, 0 repeated (10 times)
    43.146  qmu.kz        . receipt from helmo.be: 1 delivered, 0 known
    43.155  qmu.kz        . receipt from helmo.be: 5 delivered, 0 known
    43.178  qmu.kz        . receipt from helmo.be: 8 delivered, 0 known
    43.186  helmo.be      . receipt from qmu.kz: 3 delivered, 0 known (2 times)
    43.193  qmu.kz        . receipt from helmo.be: 10 delivered, 0 known
    45.186  helmo.be      . qmu.kz is silent about 24 records: sent again
    45.193  qmu.kz        . helmo.be is silent about 6 records: sent again
    45.219  helmo.be      . records from qmu.kz: 1 new, 0 repeated
    45.220  helmo.be      . records from qmu.kz: 1 new, 0 repeated
    45.230  helmo.be      . records from qmu.kz: 1 new, 0 repeated (2 times)
    45.231  qmu.kz        . records from helmo.be: 1 new, 0 repeated (5 times)
    45.242  helmo.be      . records from qmu.kz: 1 new, 0 repeated (2 times)
    45.251  qmu.kz        . receipt from helmo.be: 1 delivered, 0 known
    45.257  helmo.be      . receipt from qmu.kz: 5 delivered, 0 known
    45.263  qmu.kz        . receipt from helmo.be: 1 delivered, 0 known
    45.263  qmu.kz        . receipt from helmo.be: 2 delivered, 0 known
    45.280  qmu.kz        . receipt from helmo.be: 2 delivered, 0 known
    47.264  helmo.be      . qmu.kz is silent about 19 records: sent again
    47.314  qmu.kz        . records from helmo.be: 1 new, 0 repeated (10 times)
    47.345  helmo.be      . receipt from qmu.kz: 10 delivered, 0 known
    49.350  helmo.be      . qmu.kz is silent about 9 records: sent again
    49.399  qmu.kz        . records from helmo.be: 1 new, 0 repeated (9 times)
    49.432  helmo.be      . receipt from qmu.kz: 5 delivered, 0 known
    49.438  helmo.be      . receipt from qmu.kz: 4 delivered, 0 known
