# What is said while both sides compare is not what they compare: a busy sender is reconciled too.
nodes helmo.be uhasselt.be
settle
helmo.be nominates S1..S1000 to uhasselt.be
helmo.be amends S1..S1000 email
helmo.be amends S1..S1000 email
settle
uhasselt.be stops
helmo.be nominates T1..T100 to uhasselt.be
run 10s
uhasselt.be starts
run 30ms
run 3ms
helmo.be nominates U1 to uhasselt.be
run 3ms
helmo.be nominates U2 to uhasselt.be
run 3ms
helmo.be nominates U3 to uhasselt.be
run 3ms
helmo.be nominates U4 to uhasselt.be
run 3ms
helmo.be nominates U5 to uhasselt.be
run 3ms
helmo.be nominates U6 to uhasselt.be
run 3ms
helmo.be nominates U7 to uhasselt.be
run 3ms
helmo.be nominates U8 to uhasselt.be
run 3ms
helmo.be nominates U9 to uhasselt.be
run 3ms
helmo.be nominates U10 to uhasselt.be
run 3ms
helmo.be nominates U11 to uhasselt.be
run 3ms
helmo.be nominates U12 to uhasselt.be
run 3ms
helmo.be nominates U13 to uhasselt.be
run 3ms
helmo.be nominates U14 to uhasselt.be
run 3ms
helmo.be nominates U15 to uhasselt.be
run 3ms
helmo.be nominates U16 to uhasselt.be
run 3ms
helmo.be nominates U17 to uhasselt.be
run 3ms
helmo.be nominates U18 to uhasselt.be
run 3ms
helmo.be nominates U19 to uhasselt.be
run 3ms
helmo.be nominates U20 to uhasselt.be
run 3ms
helmo.be nominates U21 to uhasselt.be
run 3ms
helmo.be nominates U22 to uhasselt.be
run 3ms
helmo.be nominates U23 to uhasselt.be
run 3ms
helmo.be nominates U24 to uhasselt.be
run 3ms
helmo.be nominates U25 to uhasselt.be
run 3ms
helmo.be nominates U26 to uhasselt.be
run 3ms
helmo.be nominates U27 to uhasselt.be
run 3ms
helmo.be nominates U28 to uhasselt.be
run 3ms
helmo.be nominates U29 to uhasselt.be
run 3ms
helmo.be nominates U30 to uhasselt.be
settle within 500ms
expect outbox 0 at helmo.be
expect records 3130 at uhasselt.be
expect U1..U30 pending at both
expect same
--
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.025  helmo.be      > S1..S1000: 1000 kept, 0 wait for the guard (3 times)
     0.030  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (512 times)
     0.031  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (1024 times)
     0.032  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (512 times)
     0.035  helmo.be      . receipt from uhasselt.be: 64 delivered, 0 known (8 times)
     0.036  helmo.be      . receipt from uhasselt.be: 64 delivered, 0 known (16 times)
     0.037  helmo.be      . receipt from uhasselt.be: 64 delivered, 0 known (8 times)
     0.040  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (512 times)
     0.041  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (440 times)
     0.045  helmo.be      . receipt from uhasselt.be: 64 delivered, 0 known (8 times)
     0.046  helmo.be      . receipt from uhasselt.be: 64 delivered, 0 known (6 times)
     0.046  helmo.be      . receipt from uhasselt.be: 56 delivered, 0 known
     0.046  helmo.be      > T1..T100: 100 kept, 0 wait for the guard
     2.046  helmo.be      . uhasselt.be is silent about 100 records: sent again
     4.046  helmo.be        node.uhasselt.be does not answer: kept, tried again by itself
    10.056  uhasselt.be   . session to node.helmo.be opened
    10.061  helmo.be      . session from node.uhasselt.be is live
    10.066  uhasselt.be     helmo.be: write guard lifted, both hold the same
    10.071  helmo.be      . session to node.uhasselt.be opened
    10.076  uhasselt.be   . session from node.helmo.be is live
    10.079  helmo.be      > U1: kept
    10.082  helmo.be      > U2: kept
    10.085  helmo.be      > U3: kept
    10.088  helmo.be      > U4: kept
    10.091  helmo.be      > U5: kept
    10.094  helmo.be      > U6: kept
    10.097  helmo.be      > U7: kept
    10.100  helmo.be      > U8: kept
    10.103  helmo.be      > U9: kept
    10.106  helmo.be      > U10: kept
    10.109  helmo.be      > U11: kept
    10.112  helmo.be      > U12: kept
    10.115  helmo.be      > U13: kept
    10.118  helmo.be      > U14: kept
    10.121  helmo.be      > U15: kept
    10.124  helmo.be      > U16: kept
    10.126  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (115 times)
    10.127  helmo.be      > U17: kept
    10.129  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    10.130  helmo.be      > U18: kept
    10.131  helmo.be      . receipt from uhasselt.be: 64 delivered, 0 known
    10.131  helmo.be      . receipt from uhasselt.be: 51 delivered, 0 known
    10.132  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    10.133  helmo.be      > U19: kept
    10.134  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    10.135  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    10.136  helmo.be      > U20: kept
    10.137  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    10.138  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    10.139  helmo.be      > U21: kept
    10.140  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    10.141  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    10.142  helmo.be      > U22: kept
    10.143  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    10.144  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    10.145  helmo.be      > U23: kept
    10.146  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    10.147  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    10.148  helmo.be      > U24: kept
    10.149  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    10.150  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    10.151  helmo.be      > U25: kept
    10.152  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    10.153  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    10.154  helmo.be      > U26: kept
    10.155  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    10.156  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    10.157  helmo.be      > U27: kept
    10.158  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    10.159  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    10.160  helmo.be      > U28: kept
    10.161  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    10.162  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    10.163  helmo.be      > U29: kept
    10.164  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    10.165  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    10.166  helmo.be      > U30: kept
    10.167  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    10.168  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    10.170  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    10.171  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    10.173  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    10.176  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
