import sys
sys.path.insert(0,'.')
from briefs import *
from dsar.letters.find import template, catalogue
from dsar.letters.fill import fill
from dsar.letters.draft import to_text, from_text
from dsar.letters.words import Words
lang=sys.argv[1]; kinds=sys.argv[2].split(","); who=own if len(sys.argv)>3 else brief
w=Words(lang,(LETTERS,))
for k in kinds:
    L=fill(template((LETTERS,),k,lang), who(k,w), law(), w)
    print("=======",k, L.sender,L.recipient,L.recipient_email,"|",L.via,"|",L.refs,L.place_date,L.signature,L.labels)
    t=to_text(L); print(t); assert from_text(t,L)==L
