# Ten thousand openings of nobody: each costs a hash, and the partners' work goes on beside it.
nodes helmo.be uhasselt.be zhaw.ch
settle
helmo.be nominates S1..S10 to uhasselt.be
zhaw.ch throws opening at uhasselt.be 10000 times
settle within 1s
expect openings_refused 10000 at uhasselt.be
expect S1..S10 pending at both
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
     0.025  helmo.be      > S1..S10: 10 kept, 0 wait for the guard
     0.030  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (10 times)
     0.035  helmo.be      . receipt from uhasselt.be: 10 delivered, 0 known
