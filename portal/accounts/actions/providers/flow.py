"""The way to an organisation's sign-in and back: authorization code with PKCE, state and nonce.

Never inside a transaction.
"""

from datetime import datetime
from typing import Any

from portal.accounts.actions.providers import careful
from portal.accounts.actions.providers.faults import ProviderFault, no_answer, unusable
from portal.accounts.actions.providers.known import key_set_of, listed, metadata_of
from portal.accounts.policy import Claims
from portal.config import Provider
from portal.kernel import keys

LEEWAY = 120  # seconds that two machines' clocks may differ
SCOPE = "openid email profile"
ALGORITHMS = "RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA".split()


def way_there(provider: Provider, state: str, callback: str, language: str) -> str:
    """Return the address where somebody signs in at the organisation; raises ProviderFault."""
    endpoint = metadata_of(provider)["authorization_endpoint"]
    address, _state = _client(provider, callback).create_authorization_url(
        endpoint,
        state=state,
        code_verifier=_verifier(state),
        nonce=_nonce(state),
        ui_locales=language,
    )
    return str(address)


def claims_for(
    provider: Provider, state: str, callback: str, code: str, issuer: str | None, at: datetime
) -> Claims:
    """Exchange the code that somebody came back with for what is said of them; raises ProviderFault.

    `issuer` is who the answer says it is from (RFC 9207).
    """
    metadata = metadata_of(provider)
    says = metadata.get("authorization_response_iss_parameter_supported")
    if (issuer or says) and issuer != provider.issuer:
        raise unusable(provider, "the answer is from another issuer")
    client = _client(provider, callback)
    client.register_compliance_hook("access_token_response", _only_success)
    try:
        token = client.fetch_token(
            metadata["token_endpoint"],
            code=code,
            code_verifier=_verifier(state),
            grant_type="authorization_code",
            allow_redirects=False,
        )
        told = _verified(provider, token, _nonce(state), at)
        if "email" not in told and metadata.get("userinfo_endpoint"):
            more = careful.read_json(
                client.get(metadata["userinfo_endpoint"], allow_redirects=False)
            )
            if more.get("sub") != told["sub"]:
                raise unusable(provider, "userinfo is about somebody else")
            told = more | told
    except ProviderFault:
        raise
    except OSError as error:  # all of requests' own: no connection, time-outs, broken answers
        raise no_answer(provider, error) from error
    except Exception as error:  # Authlib's and joserfc's: whatever is wrong with what was said
        raise unusable(provider, repr(error)) from error
    return _claims(provider, told)


def _only_success(answer: Any) -> Any:
    """Let a token through only with 200: Authlib would read one out of an error, too."""
    if answer.status_code != 200:
        raise ValueError(f"The token came with {answer.status_code}.")
    return answer


def _verifier(state: str) -> str:
    """Return the secret of which the organisation got the digest (PKCE, RFC 7636); never stored."""
    return keys.keyed("oidc verifier", state)


def _nonce(state: str) -> str:
    return keys.keyed("oidc nonce", state)[:40]


def _client(provider: Provider, callback: str) -> Any:
    from authlib.integrations.requests_client import OAuth2Session  # type: ignore[import-untyped]

    methods = listed(provider, "token_endpoint_auth_methods_supported")
    basic = not methods or "client_secret_basic" in methods
    client = OAuth2Session(
        provider.client_id,
        provider.client_secret,
        scope=SCOPE,
        redirect_uri=callback,
        code_challenge_method="S256",
        token_endpoint_auth_method="client_secret_basic" if basic else "client_secret_post",
        default_timeout=careful.TIMEOUT,
    )
    return careful.careful(client)


def _verified(
    provider: Provider, token: dict[str, Any], nonce: str, at: datetime
) -> dict[str, Any]:
    """Return the claims of an ID token that is signed, for us, fresh and the answer to our question."""
    from authlib.oidc.core import CodeIDToken  # type: ignore[import-untyped]
    from joserfc import jwt
    from joserfc.errors import InvalidKeyIdError
    from joserfc.jws import JWSRegistry

    named = listed(provider, "id_token_signing_alg_values_supported") or ALGORITHMS
    registry = JWSRegistry(
        algorithms=[one for one in ALGORITHMS if one in named], strict_check_header=False
    )
    signed = token["id_token"]
    try:
        read = jwt.decode(signed, key_set_of(provider), registry=registry)
    except InvalidKeyIdError:
        read = jwt.decode(signed, key_set_of(provider, anew=True), registry=registry)
    wanted = {
        "iss": {"essential": True, "value": provider.issuer},
        "aud": {"essential": True, "value": provider.client_id},
        "nonce": {"essential": True, "value": nonce},
    }
    asked = {"nonce": nonce, "client_id": provider.client_id}
    asked["access_token"] = token.get("access_token", "")
    claims = CodeIDToken(read.claims, read.header, wanted, asked)
    claims.validate(now=int(at.timestamp()), leeway=LEEWAY)
    return dict(claims)


def _claims(provider: Provider, told: dict[str, Any]) -> Claims:
    claims = Claims.read(provider.issuer, told)
    if claims is None:
        raise unusable(provider, "the subject can't be read")
    return claims
