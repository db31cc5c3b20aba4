using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.Credentials;
using Amazon.Runtime.Signing;
using FlinkDashboard.Configuration;

namespace FlinkDashboard.Gateways;

/// <summary>
/// Region and credentials of the gateways that speak to AWS. The default chain is asked at the first signed request, not at start: a dashboard without AWS
/// never waits for an instance role that is not there.
/// </summary>
/// <param name="options">Region and profile of the settings.</param>
/// <param name="credentials">Fixed credentials, for an embedded world; null takes the profile or the chain.</param>
public sealed class AwsAccess(AwsOptions options, AWSCredentials? credentials = null)
{
    /// <summary>What requests are signed with.</summary>
    public AWSCredentials Credentials { get; } = credentials ?? new ChainCredentials(options.Profile);

    /// <summary>The region for a service: its own setting, else <c>Aws:Region</c>, else the chain's; null when nothing names one.</summary>
    public string? RegionOf(string? own) => own ?? options.Region ?? FallbackRegionFactory.GetRegionEndpoint(includeInstanceMetadata: false)?.SystemName;

    /// <summary>A handler that signs each request (SigV4) for a service; retries belong outside of it.</summary>
    /// <param name="service">Name in the signature: <c>logs</c>, <c>aps</c>.</param>
    /// <param name="region">Region in the signature.</param>
    /// <param name="inner">Sends.</param>
    public HttpMessageHandler Signing(string service, string region, HttpMessageHandler inner) =>
        new SigV4SigningHandler(Credentials, RegionEndpoint.GetBySystemName(region), service, inner);

    // The chain's answer is kept by the package, which also renews it.
    private sealed class ChainCredentials(string? profile) : AWSCredentials
    {
        private readonly Lazy<AWSCredentials> found = new(() => Find(profile), LazyThreadSafetyMode.PublicationOnly);

        public override ImmutableCredentials GetCredentials() => found.Value.GetCredentials();

        public override async Task<ImmutableCredentials> GetCredentialsAsync()
        {
            // The chain asks the network without waiting politely: not on the caller's thread.
            var chain = found.IsValueCreated ? found.Value : await Task.Run(() => found.Value);
            return await chain.GetCredentialsAsync();
        }

        private static AWSCredentials Find(string? profile)
        {
            if (profile is null)
                return DefaultAWSCredentialsIdentityResolver.GetCredentials();
            return new CredentialProfileStoreChain().TryGetAWSCredentials(profile, out var named)
                ? named
                : throw new AmazonClientException($"There is no profile \"{profile}\" in the shared AWS files (Aws:Profile).");
        }
    }
}
