# Without a single ack the window closes; pings say the credit again, and all of it arrives.
nodes helmo.be uhasselt.be
settle
drop every ack from uhasselt.be to helmo.be
helmo.be nominates S1..S6 to uhasselt.be
run 2m
drop nothing
settle within 20m
expect S1..S6 pending at both
expect order at uhasselt.be
expect same
--
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.025  helmo.be      > S1..S6: 6 kept, 0 wait for the guard
     0.030  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (6 times)
     0.035  helmo.be      . receipt from uhasselt.be: 6 delivered, 0 known
     2.035  helmo.be      . uhasselt.be is silent about 0 records: sent again
     2.040  uhasselt.be   . records from helmo.be: 0 new, 1 repeated (6 times)
     2.045  helmo.be      . receipt from uhasselt.be: 0 delivered, 6 known
     6.045  helmo.be      . uhasselt.be is silent about 0 records: sent again
     6.050  uhasselt.be   . records from helmo.be: 0 new, 1 repeated (6 times)
     6.055  helmo.be      . receipt from uhasselt.be: 0 delivered, 6 known
    14.055  helmo.be      . uhasselt.be is silent about 0 records: sent again
    14.060  uhasselt.be   . records from helmo.be: 0 new, 1 repeated (6 times)
    14.065  helmo.be      . receipt from uhasselt.be: 0 delivered, 6 known
    30.065  helmo.be      . uhasselt.be is silent about 0 records: sent again
    30.070  uhasselt.be   . records from helmo.be: 0 new, 1 repeated (6 times)
    30.075  helmo.be      . receipt from uhasselt.be: 0 delivered, 6 known
    62.075  helmo.be      . uhasselt.be is silent about 0 records: sent again
    62.080  uhasselt.be   . records from helmo.be: 0 new, 1 repeated (6 times)
    62.085  helmo.be      . receipt from uhasselt.be: 0 delivered, 6 known
    94.085  helmo.be      . uhasselt.be is silent about 0 records: sent again
    94.090  uhasselt.be   . records from helmo.be: 0 new, 1 repeated (6 times)
    94.095  helmo.be      . receipt from uhasselt.be: 0 delivered, 6 known
