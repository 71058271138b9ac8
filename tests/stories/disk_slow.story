# Commits of three hundred milliseconds make everything later and nothing wrong.
stores on disk
nodes helmo.be uhasselt.be
settle
uhasselt.be disk takes 300ms
helmo.be nominates S1..S10 to uhasselt.be
uhasselt.be nominates T1..T10 to helmo.be
settle within 30s
expect S1..S10 pending at both
expect T1..T10 pending at both
expect order at uhasselt.be
expect same
--
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.025  helmo.be      > S1..S10: 10 kept, 0 wait for the guard
     0.025  uhasselt.be   > T1..T10: 10 kept, 0 wait for the guard
     0.030  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (10 times)
     0.330  helmo.be      . records from uhasselt.be: 1 new, 0 repeated (10 times)
     0.335  uhasselt.be   . receipt from helmo.be: 10 delivered, 0 known
     0.335  helmo.be      . receipt from uhasselt.be: 10 delivered, 0 known
