/** The words of generated room names. Short, lower-case, of one syllable or two: easy to say over the phone. */
const list = (words: string): readonly string[] => words.trim().split(/\s+/);

export const QUALITIES = list(`
  amber ashen azure balmy bold brave breezy bright brisk bronze calm candid cheery clever coral cosy
  cosmic crimson crisp curly dapper daring dewy dizzy downy dreamy eager early easy fair fancy fleet
  fluffy fond fresh frosty gentle giddy gilded glad golden grand green hardy hazel hidden honest humble
  indigo ivory jade jolly keen kind lemon lilac lively lofty loyal lucky lunar mellow merry mighty
  mild minty misty modest mossy neat nimble noble olive opal patient pearly plucky plum polite proud
  quick quiet rosy royal ruby rustic sandy scarlet silent silky silver snowy solar spry sunny teal`);

export const ANIMALS = list(`
  alpaca antler badger beaver beetle bison bobcat bunny camel canary cheetah cicada cobra condor corgi cougar
  crane cricket cuckoo curlew dingo dolphin donkey dove dragon eagle egret falcon ferret finch firefly fox
  gazelle gecko gibbon giraffe goose grouse gull hamster hare hawk hedgehog heron hippo ibex ibis iguana
  impala jackal jaguar kestrel kitten kiwi koala lark lemur leopard linnet lion lizard llama lobster lynx
  magpie mallard marlin marmot marten meerkat mole moose moth newt ocelot octopus orca osprey otter owl
  panda panther parrot pelican penguin pigeon plover pony puffin puma quail rabbit raven robin salmon seal`);

export const DEEDS = list(`
  admires answers arrives asks bakes balances bounces bows builds carves catches cheers chuckles claps climbs collects
  cooks counts dances dares dashes delivers dives dozes draws dreams drifts drums explores finds floats flies
  follows forgives gardens gathers giggles glides glows greets grins guesses hikes hops hovers hugs hums hurries
  invents jogs juggles jumps knits knows laughs leads leaps learns lingers listens marches measures mends naps
  nods paddles paints plants plays ponders poses prances races reads relaxes rests rides roams rows runs
  sails sews shares shines sings sketches skips sleeps slides smiles snoozes soars spins splashes sprints strolls`);
