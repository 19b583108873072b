package codes_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/seed-0edfda58/gocurl/generated/codes"
)

func TestCodesAreComparableErrors(t *testing.T) {
	err := fmt.Errorf("perform: %w", codes.OperationTimedOut)
	if !errors.Is(err, codes.OperationTimedOut) || errors.Is(err, codes.CouldntConnect) {
		t.Error("errors.Is does not tell codes apart")
	}
	var code codes.Easy
	if !errors.As(err, &code) || code != 28 {
		t.Errorf("errors.As gives %d", code)
	}
	// The families share numbers: 3 is an error of each.
	if errors.Is(codes.ShareInvalid, codes.Easy(codes.ShareInvalid)) {
		t.Error("a share code equals an easy code")
	}
}

func TestTexts(t *testing.T) {
	type code interface {
		error
		fmt.Stringer
		Text() string
	}
	for _, test := range []struct {
		code   code
		number int32
		name   string
	}{
		{codes.OK, 0, "CURLE_OK"},
		{codes.OperationTimedOut, 28, "CURLE_OPERATION_TIMEDOUT"},
		{codes.MultiCallMultiPerform, -1, "CURLM_CALL_MULTI_PERFORM"},
		{codes.ShareInUse, 2, "CURLSHE_IN_USE"},
		{codes.URLBadScheme, 21, "CURLUE_BAD_SCHEME"},
		{codes.HeaderMissing, 2, "CURLHE_MISSING"},
		{codes.ProxyClosed, 3, "CURLPX_CLOSED"},
		{codes.Easy(12345), 12345, "CURLE_12345"}, // newer than this release
		{codes.Multi(-5), -5, "CURLM_-5"},
	} {
		if test.code.String() != test.name {
			t.Errorf("%d reads %s, want %s", test.number, test.code, test.name)
		}
		if want := test.name + ": " + test.code.Text(); test.code.Error() != want || test.code.Text() == "" {
			t.Errorf("the error reads %q, want %q", test.code.Error(), want)
		}
	}
}
