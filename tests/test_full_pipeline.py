"""The simple method of lesson 05: what it promises is that it is solved exactly, by scikit-learn's own penalty."""

import warnings

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from course_utils.datasets import load_faces
from course_utils.protocols.full_pipeline import as_rows, pixel_regression


def test_it_ends_without_a_warning_and_gives_what_the_unturned_pixels_give():
    train, test = load_faces("lfw_subset").split(test_size=0.5, seed=0)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        model = pixel_regression().fit(train.images, train.labels)
    scaler = StandardScaler().fit(as_rows(train.images))
    plain = LogisticRegression(solver="newton-cg", tol=1e-8, max_iter=1000)
    plain.fit(scaler.transform(as_rows(train.images)), train.labels)
    expected = plain.predict_proba(scaler.transform(as_rows(test.images)))
    np.testing.assert_allclose(model.predict_proba(test.images), expected, atol=1e-3)
