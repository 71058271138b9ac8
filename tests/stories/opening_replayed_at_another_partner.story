# An opening is for whom it was made: nobody else answers it, and no session ends.
nodes helmo.be uhasselt.be zhaw.ch
keep next opening from helmo.be to uhasselt.be
settle
replay from helmo.be to zhaw.ch
run 1s
expect openings_refused 1 at zhaw.ch
helmo.be nominates A to uhasselt.be
helmo.be nominates B to zhaw.ch
settle within 1s
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
     1.025  helmo.be      > A: kept
     1.025  helmo.be      > B: kept
     1.030  zhaw.ch       . records from helmo.be: 1 new, 0 repeated
     1.030  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     1.035  helmo.be      . receipt from zhaw.ch: 1 delivered, 0 known
     1.035  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
