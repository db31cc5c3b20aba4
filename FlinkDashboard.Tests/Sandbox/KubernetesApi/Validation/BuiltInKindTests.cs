using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.Protocols.KubernetesApi.Validation;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Tests.Sandbox.KubernetesApi.Validation;

public class BuiltInKindTests
{
    [Fact]
    public void Create_ADeploymentWhoseSelectorMisses_Is422() => Assert.Equal(
        "Deployment.apps \"x\" is invalid: spec.template.metadata.labels: Invalid value: {\"app\":\"b\"}: `selector` does not match template `labels`",
        Refused(ResourceTypes.Deployments, """{"spec":{"selector":{"matchLabels":{"app":"a"}},"template":{"metadata":{"labels":{"app":"b"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}}""").Message);

    [Fact]
    public void Create_APodAskingForMoreThanItsLimit_Is422() => Assert.Equal(
        "Pod \"x\" is invalid: spec.containers[0].resources.requests: Invalid value: \"2\": must be less than or equal to cpu limit of 1500m",
        Refused(ResourceTypes.Pods, """{"spec":{"containers":[{"name":"c","image":"i","resources":{"requests":{"cpu":"2"},"limits":{"cpu":"1500m"}}}]}}""").Message);

    [Fact]
    public void Create_AQuotaOfNoQuantity_Is400() => Assert.Equal(
        (400, "ResourceQuota in version \"v1\" cannot be handled as a ResourceQuota: quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"),
        Coded(Refused(ResourceTypes.ResourceQuotas, """{"spec":{"hard":{"requests.cpu":"many"}}}""")));

    [Fact]
    public void Create_AConfigMapWithABadKey_Is422() => Assert.StartsWith(
        "ConfigMap \"x\" is invalid: data[a b]: Invalid value: \"a b\": a valid config key must consist of",
        Refused(ResourceTypes.ConfigMaps, """{"data":{"a b":"1"}}""").Message, StringComparison.Ordinal);

    [Fact]
    public void Create_ARoleWithoutVerbs_Is422() => Assert.Equal(
        "Role.rbac.authorization.k8s.io \"x\" is invalid: rules[0].verbs: Required value: verbs must contain at least one value",
        Refused(ResourceTypes.Roles, """{"rules":[{"apiGroups":[""],"resources":["pods"],"verbs":[]}]}""").Message);

    [Theory]
    [InlineData("v1", "Secret", "Secret in version \"v1\" cannot be handled as a ConfigMap: converting (v1.Secret) to (core.ConfigMap): unknown conversion")]
    [InlineData("apps/v1", "Deployment", "the API version in the data (apps/v1) does not match the expected API version (v1)")]
    public void Create_AnotherBuiltInKind_Is400(string version, string kind, string message) =>
        Assert.Equal((400, message), Coded(Refused(ResourceTypes.ConfigMaps, $$"""{"apiVersion":"{{version}}","kind":"{{kind}}"}""")));

    [Fact]
    public void Create_LabelsThatAreNoTexts_Is400() => Assert.Equal(
        "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string",
        Refused(ResourceTypes.ConfigMaps, """{"metadata":{"name":"x","labels":{"a":1}}}""").Message);

    [Fact]
    public void Create_ASmallDeployment_IsFilledIn()
    {
        var body = Create(ResourceTypes.Deployments, """{"spec":{"selector":{"matchLabels":{"app":"a"}},"template":{"metadata":{"labels":{"app":"a"}},"spec":{"containers":[{"name":"c","image":"flink:1.20"}]}}}}""");
        Assert.Equal(1, (int)body["spec"]!["replicas"]!);
        Assert.Equal("25%", (string?)body["spec"]!["strategy"]!["rollingUpdate"]!["maxSurge"]);
        Assert.Equal("IfNotPresent", (string?)body["spec"]!["template"]!["spec"]!["containers"]![0]!["imagePullPolicy"]);
    }

    [Fact]
    public void Create_ASecretOfTexts_EncodesThem()
    {
        var body = Create(ResourceTypes.Secrets, """{"stringData":{"a":"b"}}""");
        Assert.Equal("Yg==", (string?)body["data"]!["a"]);
        Assert.False(body.ContainsKey("stringData"));
    }

    [Fact]
    public void Update_ADeploymentsSelector_IsImmutable()
    {
        var stored = Create(ResourceTypes.Deployments, """{"spec":{"selector":{"matchLabels":{"app":"a"}},"template":{"metadata":{"labels":{"app":"a","b":"c"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}}""");
        stored["metadata"]!["resourceVersion"] = "3";
        var body = stored.DeepClone().AsObject();
        body["spec"]!["selector"] = JsonNode.Parse("""{"matchLabels":{"b":"c"}}""");
        var error = Assert.Throws<ApiError>(() => ObjectValidator.Update(ResourceTypes.Deployments, "n", stored, body, WritePart.Main, true));
        Assert.Equal("Deployment.apps \"x\" is invalid: spec.selector: Invalid value: {\"matchLabels\":{\"b\":\"c\"}}: field is immutable", error.Message);
    }

    private static (int Code, string Message) Coded(ApiError error) => (error.Code, error.Message);

    private static ApiError Refused(ResourceType type, string json) => Assert.Throws<ApiError>(() => Create(type, json));

    private static JsonObject Create(ResourceType type, string json)
    {
        var body = JsonNode.Parse(json)!.AsObject();
        body["metadata"] ??= new JsonObject { ["name"] = "x" };
        ObjectValidator.Create(type, "n", body, FieldValidation.Warn, () => "abcde");
        return body;
    }
}
