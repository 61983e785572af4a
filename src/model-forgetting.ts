// Takes forgotten customers out of the models that are kept: a model knows who bought what, and outlives the purchases it is made of.
import { isTillError } from './domain/till-error.ts';
import { toError } from './domain/to-error.ts';
import { customerId, type CustomerId } from './domain/ids.ts';
import { forgetCustomers } from './recommender/forget-customer.ts';
import { decodeModel, encodeModel } from './recommender/model-file.ts';
import type { Model } from './recommender/model.ts';
import type { Customers } from './store/customers.ts';
import type { ModelFolder, StoredModel } from './store/model-folder.ts';

type Room = { readonly models: ModelFolder; readonly customers: Pick<Customers, 'ids'> };

/** Of a store that was restored the model may know thousands who are not there: it goes, sooner than hold up the till. */
const MOST_TAKEN_OUT = 50;

/**
 * Every model is written anew without the customers who are not in the store any more, and gets another name, so that a daemon
 * lets go of what it holds in memory too. A file that is no model goes: nobody can say who is in it.
 */
export function rewriteModels({ models, customers }: Room): void {
  const there = customers.ids();
  models.rewrite((stored) => {
    const model = modelOf(stored);
    if (model === null) return null;
    const gone = goneFrom(model, there);
    return gone.length > MOST_TAKEN_OUT ? null : encodeModel(forgetCustomers(model, gone));
  });
}

/** After a training: it may have read the purchases of somebody who was forgotten before its model was in place. */
export function rewriteModelsThatKnowTheGone({ models, customers }: Room): void {
  const there = customers.ids();
  const isStale = (stored: StoredModel): boolean => {
    const model = modelOf(stored);
    return model === null || goneFrom(model, there).length > 0;
  };
  if (models.all().some(isStale)) rewriteModels({ models, customers });
}

function goneFrom(model: Model, there: ReadonlySet<CustomerId>): readonly CustomerId[] {
  const known = new Set([...model.customers, ...model.lifestyles.typicalCustomer].map(customerId));
  return [...known].filter((id) => !there.has(id));
}

function modelOf({ bytes, file }: StoredModel): Model | null {
  try {
    return decodeModel(bytes, file);
  } catch (thrown) {
    if (isTillError(thrown, 'MODEL_WRONG')) return null;
    throw toError(thrown);
  }
}
