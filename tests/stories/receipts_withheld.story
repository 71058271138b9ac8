# A partner that takes records and never says so gets them again and again, and the others nothing
# less: each record stays in the outbox until its receipt is there.
nodes helmo.be uhasselt.be zhaw.ch
settle
drop every receipt from uhasselt.be to helmo.be
helmo.be nominates S1..S3 to uhasselt.be
helmo.be nominates T1..T3 to zhaw.ch
run 2m
helmo.be stops
helmo.be starts
run 10s
expect T1..T3 pending at both
expect outbox 3 at helmo.be
expect records 3 at uhasselt.be
drop nothing
settle within 20m
expect S1..S3 pending at both
expect same
--
     0.010  uhasselt.be   . session to node.zhaw.ch opened
     0.010  zhaw.ch       . session to node.uhasselt.be opened
     0.010  helmo.be      . session to node.zhaw.ch opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  zhaw.ch       . session to node.helmo.be opened
     0.015  helmo.be      . session from node.zhaw.ch is live
     0.015  uhasselt.be   . session from node.zhaw.ch is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.015  zhaw.ch       . session from node.helmo.be is live
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  zhaw.ch       . session from node.uhasselt.be is live
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.020  zhaw.ch         uhasselt.be: write guard lifted, both hold the same
     0.020  uhasselt.be     zhaw.ch: write guard lifted, both hold the same
     0.020  helmo.be        zhaw.ch: write guard lifted, both hold the same
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  zhaw.ch         helmo.be: write guard lifted, both hold the same
     0.025  helmo.be      > S1..S3: 3 kept, 0 wait for the guard
     0.025  helmo.be      > T1..T3: 3 kept, 0 wait for the guard
     0.030  zhaw.ch       . records from helmo.be: 1 new, 0 repeated
     0.030  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (2 times)
     0.030  zhaw.ch       . records from helmo.be: 1 new, 0 repeated
     0.030  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.030  zhaw.ch       . records from helmo.be: 1 new, 0 repeated
     0.035  helmo.be      . receipt from zhaw.ch: 1 delivered, 0 known (3 times)
     2.035  helmo.be      . uhasselt.be is silent about 3 records: sent again
     2.040  uhasselt.be   . records from helmo.be: 0 new, 1 repeated (3 times)
     6.035  helmo.be      . uhasselt.be is silent about 3 records: sent again
     6.040  uhasselt.be   . records from helmo.be: 0 new, 1 repeated (3 times)
    14.035  helmo.be      . uhasselt.be is silent about 3 records: sent again
    14.040  uhasselt.be   . records from helmo.be: 0 new, 1 repeated (3 times)
    30.035  helmo.be      . uhasselt.be is silent about 3 records: sent again
    30.040  uhasselt.be   . records from helmo.be: 0 new, 1 repeated (3 times)
    62.035  helmo.be      . uhasselt.be is silent about 3 records: sent again
    62.040  uhasselt.be   . records from helmo.be: 0 new, 1 repeated (3 times)
    94.035  helmo.be      . uhasselt.be is silent about 3 records: sent again
    94.040  uhasselt.be   . records from helmo.be: 0 new, 1 repeated (3 times)
   120.035  helmo.be      . session to node.zhaw.ch opened
   120.035  helmo.be      . session to node.uhasselt.be opened
   120.040  uhasselt.be   . session from node.helmo.be is live
   120.040  zhaw.ch       . session from node.helmo.be is live
   120.045  helmo.be        zhaw.ch: write guard lifted, both hold the same
   120.045  helmo.be        uhasselt.be: write guard lifted, both hold the same
   120.050  zhaw.ch       . session to node.helmo.be opened
   120.050  uhasselt.be   . records from helmo.be: 0 new, 1 repeated
   120.050  uhasselt.be   . session to node.helmo.be opened
   120.050  uhasselt.be   . records from helmo.be: 0 new, 1 repeated (2 times)
   120.055  helmo.be      . session from node.uhasselt.be is live
   120.055  helmo.be      . session from node.zhaw.ch is live
   122.055  helmo.be      . uhasselt.be is silent about 3 records: sent again
   122.060  uhasselt.be   . records from helmo.be: 0 new, 1 repeated (3 times)
   126.055  helmo.be      . uhasselt.be is silent about 3 records: sent again
   126.060  uhasselt.be   . records from helmo.be: 0 new, 1 repeated (3 times)
   134.055  helmo.be      . uhasselt.be is silent about 3 records: sent again
   134.060  uhasselt.be   . records from helmo.be: 0 new, 1 repeated (3 times)
   134.065  helmo.be      . receipt from uhasselt.be: 2 delivered, 0 known
   134.065  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
