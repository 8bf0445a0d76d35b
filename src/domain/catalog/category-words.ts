import { isOneEditAway, looseSpelling } from '../name-match.ts';
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
const fillers = new Set(
  'a an the some my new i need want un une le la les l des du de mon ma ein eine einen der die das den mein una el los il lo um uma o os een het inch zoll pouces'.split(
    ' ',
  ),
);

const categoriesByWord = new Map<string, readonly Category[]>();
for (const [category, words] of Object.entries(wordsOf)) {
  for (const word of words.split(' ').filter(Boolean)) {
    const key = looseSpelling(word);
    // The keys of `wordsOf` are the categories.
    categoriesByWord.set(key, [...(categoriesByWord.get(key) ?? []), category as Category]);
  }
}

/** Words without those that say nothing, if one of them names a category. */
export function withoutFillers(words: readonly string[]): readonly string[] {
  const telling = words.filter((word) => !fillers.has(word));
  return telling.some((word) => categoriesNamed(word).length > 0) ? telling : words;
}

/** The categories that a folded word names, also in the plural. Empty: it names none. */
export function categoriesNamed(word: string): readonly Category[] {
  const key = looseSpelling(word);
  for (const singular of [key, key.replace(/[esnx]$/, ''), key.replace(/e[sn]$/, '')]) {
    const named = categoriesByWord.get(singular);
    if (named !== undefined) return named;
  }
  return [];
}

/** The same for a word with one misspelling. */
export function categoriesNearly(word: string): readonly Category[] {
  const key = looseSpelling(word);
  const near = [...categoriesByWord].filter(([known]) => known.length > 3 && isOneEditAway(key, known));
  return [...new Set(near.flatMap(([, categories]) => categories))];
}
