# In a session its node speaks for those whom it serves: a record of others is not even read.
nodes helmo.be uhasselt.be zhaw.ch
settle
uhasselt.be tells helmo.be foreign-deliver
run 1s
expect frames_refused 1 at helmo.be
expect records 0 at helmo.be
zhaw.ch nominates A to helmo.be
uhasselt.be nominates B to helmo.be
settle
expect A pending at both
expect B pending at both
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
     0.025  helmo.be      ! node.uhasselt.be says what no node may say: not for an institution served here: tell its administrator
     1.025  zhaw.ch       > A: kept
     1.025  uhasselt.be   > B: kept
     1.030  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     1.030  helmo.be      . records from zhaw.ch: 1 new, 0 repeated
     1.035  zhaw.ch       . receipt from helmo.be: 1 delivered, 0 known
     1.035  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
