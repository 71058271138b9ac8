# A line is cut while both sides write: each goes on with what it knows, and they meet again.
nodes helmo.be uhasselt.be upjs.sk
settle
helmo.be nominates A to uhasselt.be
helmo.be nominates C to upjs.sk
settle
cut helmo.be uhasselt.be
at 10s helmo.be amends A email
uhasselt.be accepts A
upjs.sk accepts C
run 10m
expect C accepted at both
expect outbox 1 at helmo.be
expect outbox 1 at uhasselt.be
mend helmo.be uhasselt.be
settle within 15m
expect A accepted at both
expect same
--
     0.010  uhasselt.be   . session to node.upjs.sk opened
     0.010  upjs.sk       . session to node.uhasselt.be opened
     0.010  helmo.be      . session to node.upjs.sk opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  upjs.sk       . session to node.helmo.be opened
     0.015  helmo.be      . session from node.upjs.sk is live
     0.015  uhasselt.be   . session from node.upjs.sk is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.015  upjs.sk       . session from node.helmo.be is live
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  upjs.sk       . session from node.uhasselt.be is live
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.020  upjs.sk         uhasselt.be: write guard lifted, both hold the same
     0.020  uhasselt.be     upjs.sk: write guard lifted, both hold the same
     0.020  helmo.be        upjs.sk: write guard lifted, both hold the same
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  upjs.sk         helmo.be: write guard lifted, both hold the same
     0.025  helmo.be      > A: kept
     0.025  helmo.be      > C: kept
     0.030  upjs.sk       . records from helmo.be: 1 new, 0 repeated
     0.030  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.035  helmo.be      . receipt from upjs.sk: 1 delivered, 0 known
     0.035  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    10.000  helmo.be      > A: kept
    10.000  uhasselt.be   > A: kept
    10.000  upjs.sk       > C: kept
    10.005  helmo.be      . records from upjs.sk: 1 new, 0 repeated
    10.010  upjs.sk       . receipt from helmo.be: 1 delivered, 0 known
    12.000  uhasselt.be   . helmo.be is silent about 1 records: sent again
    12.000  helmo.be      . uhasselt.be is silent about 1 records: sent again
    13.000  uhasselt.be     node.helmo.be does not answer: kept, tried again by itself
    13.000  helmo.be        node.uhasselt.be does not answer: kept, tried again by itself
   828.047  uhasselt.be   . session to node.helmo.be opened
   828.052  helmo.be      . session from node.uhasselt.be is live
   828.062  helmo.be      . session to node.uhasselt.be opened
   828.067  uhasselt.be   . session from node.helmo.be is live
   828.072  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
   828.077  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
   828.087  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
   828.092  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
