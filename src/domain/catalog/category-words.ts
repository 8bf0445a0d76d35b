import { looseSpelling } from '../name-match.ts';
import type { Category } from '../vocabulary.ts';

/**
 * What people call each category, folded and in the singular, in the languages of the countries that Fleet delivers to.
 * Words of several ("docking station") count one by one.
 */
const wordsOf: Readonly<Record<Category, string>> = {
  ACOUSTIC_CHAIR: 'acoustic chair chaise stuhl silla sedia cadeira stoel',
  ACOUSTIC_PARTITION: 'acoustic partition cloison trennwand mampara tramezzo divisoria scheidingswand',
  ADAPTER: 'adapter adaptor adaptateur adaptador adattatore dock docking station hub dongle',
  ARMCHAIR: 'armchair chair fauteuil sessel sillon poltrona',
  CASE: 'case sleeve housse etui coque hulle tasche funda custodia capa hoes',
  CHAIR: 'chair seat chaise siege stuhl burostuhl silla sedia cadeira stoel bureaustoel',
  CHARGER: 'charger chargeur ladegerat netzteil cargador caricatore caricabatterie carregador oplader lader',
  COMPUTER:
    'computer laptop notebook desktop workstation pc ordinateur ordi portable rechner ordenador computadora portatil portatile computador',
  DESK: 'desk bureau schreibtisch escritorio scrivania secretaria',
  HEADPHONES:
    'headphone headset earphone earbud casque ecouteur kopfhorer auricular auriculares cuffia cuffie auscultador auscultadores fone koptelefoon hoofdtelefoon oortje',
  KEYBOARD: 'keyboard clavier tastatur teclado tastiera toetsenbord',
  LAMP: 'lamp lampe leuchte luminaire lampara lampada',
  MOUSE: 'mouse mice souris maus raton rato muis',
  OTHER: '',
  PHONEBOOTH: 'phonebooth booth cabine telefonzelle cabina belcel',
  PRINTER: 'printer imprimante drucker impresora stampante impressora',
  SCREEN: 'screen monitor display ecran moniteur bildschirm pantalla schermo ecra scherm beeldscherm',
  SHELVING_UNIT: 'shelf shelve shelving etagere regal estanteria scaffale estante plank',
  SMARTPHONE:
    'smartphone phone mobile cellphone telephone portable handy mobiltelefon telefon telefono movil cellulare telemovel celular telefone telefoon mobiel',
  SOFA: 'sofa couch canape divano',
  SPEAKERS: 'speaker loudspeaker enceinte lautsprecher altavoz altavoces altoparlante luidspreker',
  STORAGE_CABINET: 'cabinet cupboard locker storage armoire caisson schrank armario armadio kast',
  TABLE: 'table tisch mesa tavolo tafel',
  TABLET: 'tablet tablette tableta',
};

/** Words that say nothing beside the name of a category: "I need a new laptop". */
export const fillers: ReadonlySet<string> = new Set(
  'a an the some my new i need want un une le la les l des du de mon ma ein eine einen der die das den mein una el los il lo um uma o os een het inch zoll pouces'.split(
    ' ',
  ),
);

/** In their loose spelling. */
export const categoriesByWord: ReadonlyMap<string, readonly Category[]> = byWord();

function byWord(): Map<string, readonly Category[]> {
  const found = new Map<string, readonly Category[]>();
  for (const [category, words] of Object.entries(wordsOf)) {
    for (const word of words.split(' ').filter(Boolean)) {
      const key = looseSpelling(word);
      // The keys of `wordsOf` are the categories.
      found.set(key, [...(found.get(key) ?? []), category as Category]);
    }
  }
  return found;
}
